package io.roomcast.chat.socketio.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.transport.EncodedPacket;
import io.roomcast.chat.socketio.internal.wire.FailureEncoder;
import io.roomcast.chat.socketio.internal.wire.Packets;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import org.jspecify.annotations.Nullable;

/** Answers one event: by an ack where the client wants one, else only a failure, by an event. */
final class Answer<R> implements Reply<R> {
    private final CommandFlow flow;
    private final WireCommand<R> wire;
    private final JsonNode argument;

    @Nullable
    private final String ackPrefix;

    Answer(CommandFlow flow, WireCommand<R> wire, JsonNode argument, @Nullable String ackPrefix) {
        this.flow = flow;
        this.wire = wire;
        this.argument = argument;
        this.ackPrefix = ackPrefix;
    }

    @Override
    public void succeeded(R result) {
        if (ackPrefix != null) {
            flow.send(Packets.ack(ackPrefix, json -> wire.success(json, result)));
        }
        flow.end(wire.name(), null);
    }

    @Override
    public void failed(ChatException refusal) {
        flow.send(failure(wire.failure(), wire.name(), refusal, argument, ackPrefix));
        flow.end(wire.name(), refusal.code());
    }

    /** A refusal, as an ack or as an event of the given name. */
    static EncodedPacket failure(
            String event, String asked, ChatException refusal, JsonNode argument, @Nullable String ackPrefix) {
        return ackPrefix == null
                ? Packets.failure(event, asked, refusal, argument)
                : Packets.ack(ackPrefix, json -> FailureEncoder.answer(json, refusal, argument));
    }
}

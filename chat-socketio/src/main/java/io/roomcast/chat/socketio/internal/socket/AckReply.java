package io.roomcast.chat.socketio.internal.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.wire.FailureEncoder;
import io.roomcast.chat.socketio.internal.wire.Packets;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one event: by an ack where the client wants one, else only a failure, by an event. */
final class AckReply<R> implements Reply<R> {
    private static final Logger log = LoggerFactory.getLogger(AckReply.class);

    private final ReadBackpressure flow;
    private final WireCommand<R> wire;
    private final JsonNode argument;

    @Nullable
    private final String ackPrefix;

    AckReply(ReadBackpressure flow, WireCommand<R> wire, JsonNode argument, @Nullable String ackPrefix) {
        this.flow = flow;
        this.wire = wire;
        this.argument = argument;
        this.ackPrefix = ackPrefix;
    }

    @Override
    public void succeeded(R result) {
        end(null, () -> {
            if (ackPrefix != null) {
                flow.send(Packets.ack(ackPrefix, json -> wire.success(json, result)));
            }
        });
    }

    @Override
    public void failed(ChatException refusal) {
        end(refusal.code(), () -> flow.send(failure(wire.failure(), wire.name(), refusal, argument, ackPrefix)));
    }

    /** Sends the answer, or a failure if the answer cannot be written. Counts the event as answered either way. */
    private void end(@Nullable ErrorCode refusal, Runnable answer) {
        ErrorCode outcome = refusal;
        try {
            answer.run();
        } catch (RuntimeException | StackOverflowError unwritable) {
            log.error(
                    "the answer to {} cannot be written: {}",
                    wire.name(),
                    unwritable.getClass().getName());
            outcome = ErrorCode.INTERNAL_ERROR;
            ChatException fault = ChatException.of(ErrorCode.INTERNAL_ERROR);
            flow.send(failure(wire.failure(), wire.name(), fault, MissingNode.getInstance(), ackPrefix));
        } finally {
            flow.end(wire.name(), outcome);
        }
    }

    /** A refusal, as an ack or as an event of the given name. */
    static EncodedPacket failure(
            String event, String asked, ChatException refusal, JsonNode argument, @Nullable String ackPrefix) {
        return ackPrefix == null
                ? Packets.failure(event, asked, refusal, argument)
                : Packets.ack(ackPrefix, json -> FailureEncoder.answer(json, refusal, argument));
    }
}

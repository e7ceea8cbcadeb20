package io.roomcast.chat.socketio.internal.socket;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.socketio.internal.packet.Packets;
import io.roomcast.chat.socketio.internal.wire.FailureEncoder;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the outcome of a command: as an ack if the client requested one; otherwise sends only a failure, as an event.
 * Called by any thread.
 */
final class AckReply<R> implements Reply<R> {
    private static final Logger log = LoggerFactory.getLogger(AckReply.class);

    private final ReadBackpressure backpressure;
    private final WireCommand<R> wire;
    private final JsonNode argument;
    private final FileLinks links;

    @Nullable
    private final String userId;

    @Nullable
    private final String ackPrefix;

    AckReply(
            ReadBackpressure backpressure,
            WireCommand<R> wire,
            JsonNode argument,
            FileLinks links,
            @Nullable String userId,
            @Nullable String ackPrefix) {
        this.backpressure = backpressure;
        this.wire = wire;
        this.argument = argument;
        this.links = links;
        this.userId = userId;
        this.ackPrefix = ackPrefix;
    }

    @Override
    public void succeeded(R result) {
        finish(null, () -> {
            if (ackPrefix != null) {
                backpressure.send(Packets.ack(ackPrefix, json -> success(json, result)));
            }
        });
    }

    private void success(JsonGenerator json, R result) throws IOException {
        links.attachTo(json);
        wire.success(json, result, userId);
    }

    @Override
    public void failed(ChatException refusal) {
        finish(
                refusal.code(),
                () -> backpressure.send(failure(wire.failure(), wire.name(), refusal, argument, ackPrefix)));
    }

    /** Sends a packet, or a failure if the packet cannot be encoded. Counts the event as answered in both cases. */
    private void finish(@Nullable ErrorCode refusal, Runnable sender) {
        ErrorCode outcome = refusal;
        try {
            sender.run();
        } catch (RuntimeException | StackOverflowError unwritable) {
            log.error(
                    "could not encode the reply to {}: {}",
                    wire.name(),
                    unwritable.getClass().getName());
            outcome = ErrorCode.INTERNAL_ERROR;
            ChatException fault = ChatException.of(ErrorCode.INTERNAL_ERROR);
            backpressure.send(failure(wire.failure(), wire.name(), fault, MissingNode.getInstance(), ackPrefix));
        } finally {
            backpressure.commandEnded(wire.name(), outcome);
        }
    }

    /**
     * Encodes a refusal, as an ack or as an event.
     *
     * @param event the name of the event
     * @param requested the name of the refused event
     * @param ackPrefix the prefix of the ack, or null if the client requested none
     */
    static EncodedPacket failure(
            String event, String requested, ChatException refusal, JsonNode argument, @Nullable String ackPrefix) {
        return ackPrefix == null
                ? Packets.failure(event, requested, refusal, argument)
                : Packets.ack(ackPrefix, json -> FailureEncoder.answer(json, refusal, argument));
    }
}

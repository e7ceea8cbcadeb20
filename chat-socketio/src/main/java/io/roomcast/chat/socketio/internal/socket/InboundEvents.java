package io.roomcast.chat.socketio.internal.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.recovery.RecoverableConnection;
import io.roomcast.chat.socketio.internal.wire.SocketEvent;
import io.roomcast.chat.socketio.internal.wire.SocketPacket;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import io.roomcast.chat.socketio.internal.wire.WireNames;
import io.roomcast.chat.spi.ChatMetrics;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands that one client's events request, and refuses all other events. Used on the client's event loop.
 */
final class InboundEvents {
    private final ChatService chat;
    private final ReadBackpressure flow;
    private final OutboundQueue outbox;
    private final RecoverableConnection recoverable;
    private final RequestCounters traffic;

    InboundEvents(
            ChatService chat,
            ReadBackpressure flow,
            OutboundQueue outbox,
            RecoverableConnection recoverable,
            RequestCounters traffic) {
        this.chat = chat;
        this.flow = flow;
        this.outbox = outbox;
        this.recoverable = recoverable;
        this.traffic = traffic;
    }

    /** Runs the command that the packet's event requests. */
    void run(SocketSession caller, SocketPacket packet) {
        SocketEvent event = SocketEvent.of(packet);
        Optional<WireCommand<?>> wire = WireNames.command(event.name());
        if (event.fault() != null) {
            refuse(event, wire, packet.ackPrefix(), event.fault());
        } else if (wire.isPresent()) {
            run(caller, wire.get(), event.argument(), packet.ackPrefix());
        } else {
            refuse(event, wire, packet.ackPrefix(), ChatException.of(ErrorCode.NOT_SUPPORTED));
        }
    }

    private <R> void run(SocketSession caller, WireCommand<R> wire, JsonNode argument, @Nullable String ackPrefix) {
        AckReply<R> answer = new AckReply<>(flow, wire, argument, ackPrefix);
        flow.begin();
        Command<R> command;
        try {
            command = wire.decoder().decode(argument);
        } catch (RuntimeException malformed) {
            answer.failed(ChatException.from(malformed));
            return;
        }
        chat.execute(caller, command, recoverable.noting(answer));
    }

    /** Answers an event of which only the beginning was read, which has its name. */
    void refuseLarge(SocketPacket packet, ChatException refusal) {
        SocketEvent event = SocketEvent.of(packet);
        refuse(event, WireNames.command(event.name()), packet.ackPrefix(), refusal);
    }

    /** Answers a packet without parsing its content. */
    void refuse(SocketPacket packet, ChatException refusal) {
        refuse(SocketEvent.unread(refusal), Optional.empty(), packet.ackPrefix(), refusal);
    }

    /** Answers a packet that is not an event. */
    void refuse(ChatException refusal) {
        refuse(SocketEvent.unread(refusal), Optional.empty(), null, refusal);
    }

    private void refuse(
            SocketEvent event, Optional<WireCommand<?>> wire, @Nullable String ackPrefix, ChatException refusal) {
        String failure = wire.<String>map(WireCommand::failure).orElse(WireNames.CHAT_ERROR);
        EncodedPacket packet = AckReply.failure(failure, event.name(), refusal, event.argument(), ackPrefix);
        outbox.send(packet);
        packet.release();
        traffic.answered(wire.<String>map(WireCommand::name).orElse(ChatMetrics.UNKNOWN_EVENT), refusal.code());
    }
}

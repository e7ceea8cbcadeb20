package io.roomcast.chat.socketio.internal.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.HandleEvent;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.socketio.internal.packet.SocketEvent;
import io.roomcast.chat.socketio.internal.packet.SocketPacket;
import io.roomcast.chat.socketio.internal.recovery.ConnectionRecovery;
import io.roomcast.chat.socketio.internal.wire.ClientEvents;
import io.roomcast.chat.socketio.internal.wire.FailureEncoder;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import io.roomcast.chat.spi.ChatMetrics;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the commands that one client's events request, and refuses other events. Confined to the client's event loop. */
final class InboundEvents {
    private final ChatEngine chat;
    private final ClientEvents events;
    private final ReadBackpressure backpressure;
    private final OutboundQueue outbound;
    private final ConnectionRecovery recovery;
    private final RequestCounters counters;
    private final FileLinks links;

    InboundEvents(
            ChatEngine chat,
            ClientEvents events,
            ReadBackpressure backpressure,
            OutboundQueue outbound,
            ConnectionRecovery recovery,
            RequestCounters counters,
            FileLinks links) {
        this.chat = chat;
        this.events = events;
        this.backpressure = backpressure;
        this.outbound = outbound;
        this.recovery = recovery;
        this.counters = counters;
        this.links = links;
    }

    /** Runs the command that the packet's event requests. */
    void run(SocketSession caller, SocketPacket packet) {
        SocketEvent event = SocketEvent.of(packet);
        Optional<WireCommand<?>> wire = events.named(event.name());
        if (event.fault() != null) {
            refuse(event, wire, packet.ackPrefix(), event.fault());
        } else if (event.hasMore() && wire.filter(InboundEvents::isOfHost).isPresent()) {
            refuse(event, wire, packet.ackPrefix(), ChatException.invalid("payload", "one argument"));
        } else if (wire.isPresent()) {
            run(caller, wire.get(), event.argument(), packet.ackPrefix());
        } else {
            refuse(event, wire, packet.ackPrefix(), ChatException.of(ErrorCode.NOT_SUPPORTED));
        }
    }

    /** Returns whether the host handles the event. Its handler sees one argument, so a client must not send more. */
    private static boolean isOfHost(WireCommand<?> wire) {
        return wire.type() == HandleEvent.class;
    }

    private <R> void run(SocketSession caller, WireCommand<R> wire, JsonNode argument, @Nullable String ackPrefix) {
        AckReply<R> reply = new AckReply<>(
                backpressure, wire, argument, links, caller.principal().userId(), ackPrefix);
        backpressure.commandStarted();
        Command<R> command;
        try {
            command = wire.decoder().decode(argument);
        } catch (RuntimeException malformed) {
            reply.failed(ChatException.from(malformed));
            return;
        }
        chat.execute(caller, command, recovery.recordingRooms(reply));
    }

    /** Refuses an event of which only the beginning was read. The beginning has the event's name. */
    void refuseLarge(SocketPacket packet, ChatException refusal) {
        SocketEvent event = SocketEvent.of(packet);
        refuse(event, events.named(event.name()), packet.ackPrefix(), refusal);
    }

    /** Refuses a packet without parsing its JSON. */
    void refuse(SocketPacket packet, ChatException refusal) {
        refuse(SocketEvent.unread(refusal), Optional.empty(), packet.ackPrefix(), refusal);
    }

    /** Refuses a packet that is not an event. */
    void refuse(ChatException refusal) {
        refuse(SocketEvent.unread(refusal), Optional.empty(), null, refusal);
    }

    private void refuse(
            SocketEvent event, Optional<WireCommand<?>> wire, @Nullable String ackPrefix, ChatException refusal) {
        String failure = wire.<String>map(WireCommand::failure).orElse(FailureEncoder.CHAT_ERROR);
        EncodedPacket packet = AckReply.failure(failure, event.name(), refusal, event.argument(), ackPrefix);
        outbound.send(packet);
        packet.release();
        counters.answered(wire.<String>map(WireCommand::name).orElse(ChatMetrics.UNKNOWN_EVENT), refusal.code());
    }
}

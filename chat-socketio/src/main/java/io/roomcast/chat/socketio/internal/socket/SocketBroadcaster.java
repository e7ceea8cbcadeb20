package io.roomcast.chat.socketio.internal.socket;

import io.netty.channel.EventLoop;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.wire.Offset;
import io.roomcast.chat.socketio.internal.wire.Packets;
import io.roomcast.chat.spi.Broadcaster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes an event once, and hands each event loop one task that writes it to all of its sessions. */
public final class SocketBroadcaster implements Broadcaster {
    private static final Logger log = LoggerFactory.getLogger(SocketBroadcaster.class);

    private final boolean recovers;

    /** A broadcaster for clients that come back by what the chat offers. */
    public SocketBroadcaster() {
        this(false);
    }

    /**
     * A broadcaster.
     *
     * @param recovers whether clients come back by Socket.IO's own connection state recovery, and so need offsets
     */
    public SocketBroadcaster(boolean recovers) {
        this.recovers = recovers;
    }

    @Override
    public void broadcast(ChatEvent event, List<Session> recipients) {
        if (recovers && event instanceof RoomSynced missed) {
            tell(missed, recipients);
        } else {
            send(event, recovers ? Offset.of(event) : null, recipients);
        }
        if (event instanceof SessionRevoked end && !end.reconnect()) {
            send(Packets.disconnected(), null, recipients, OutboundQueue::send);
        }
    }

    /** Sends a recovered session the events that it missed, and other sessions the {@code roomSync} event. */
    private static void tell(RoomSynced missed, List<Session> recipients) {
        List<Session> others = new ArrayList<>(recipients.size());
        for (Session recipient : recipients) {
            if (recipient instanceof SocketSession session && session.isRecovered()) {
                replay(missed, session);
            } else {
                others.add(recipient);
            }
        }
        if (!others.isEmpty()) {
            send(missed, Offset.of(missed), others);
        }
    }

    private static void replay(RoomSynced missed, SocketSession session) {
        Position covered = missed.page().covered();
        session.replay(missed).forEach(each -> send(each, mark(each, covered), List.of(session)));
    }

    private static @Nullable Offset mark(ChatEvent event, Position covered) {
        Offset mark = Offset.of(event);
        return mark == null ? null : mark.within(covered);
    }

    private static void send(ChatEvent event, @Nullable Offset mark, List<Session> recipients) {
        BiConsumer<OutboundQueue, EncodedPacket> send =
                event instanceof MessageSent ? OutboundQueue::sendMessage : OutboundQueue::send;
        EncodedPacket packet;
        try {
            packet = Packets.event(event, mark);
        } catch (RuntimeException unwritable) {
            String kind = event.getClass().getSimpleName();
            log.error("{} cannot be written: {}", kind, unwritable.getClass().getName());
            return;
        }
        send(packet, mark, recipients, send);
    }

    private static void send(
            EncodedPacket packet,
            @Nullable Offset mark,
            List<Session> recipients,
            BiConsumer<OutboundQueue, EncodedPacket> send) {
        try {
            byLoop(recipients).forEach((loop, members) -> deliver(loop, members, packet.retain(), mark, send));
        } finally {
            packet.release();
        }
    }

    private static Map<EventLoop, List<OutboundQueue>> byLoop(List<Session> recipients) {
        Map<EventLoop, List<OutboundQueue>> byLoop = new HashMap<>(4);
        for (Session recipient : recipients) {
            if (recipient instanceof SocketSession member) {
                byLoop.computeIfAbsent(member.loop(), loop -> new ArrayList<>()).add(member.outbox());
            }
        }
        return byLoop;
    }

    private static void deliver(
            EventLoop loop,
            List<OutboundQueue> members,
            EncodedPacket packet,
            @Nullable Offset mark,
            BiConsumer<OutboundQueue, EncodedPacket> send) {
        try {
            loop.execute(() -> {
                members.forEach(member -> send.accept(member, packet));
                if (mark != null) {
                    members.forEach(member -> member.sent(mark));
                }
                packet.release();
            });
        } catch (RejectedExecutionException stopped) {
            packet.release();
        }
    }
}

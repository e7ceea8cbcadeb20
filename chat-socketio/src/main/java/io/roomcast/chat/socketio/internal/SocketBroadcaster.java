package io.roomcast.chat.socketio.internal;

import io.netty.channel.EventLoop;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.socketio.internal.transport.EncodedPacket;
import io.roomcast.chat.socketio.internal.wire.Packets;
import io.roomcast.chat.spi.Broadcaster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/** Encodes an event once, and hands each event loop one task that writes it to all of its sessions. */
public final class SocketBroadcaster implements Broadcaster {
    @Override
    public void broadcast(ChatEvent event, List<Session> recipients) {
        EncodedPacket packet = Packets.event(event);
        BiConsumer<Outbox, EncodedPacket> send = event instanceof MessageSent ? Outbox::sendMessage : Outbox::send;
        try {
            byLoop(recipients).forEach((loop, members) -> deliver(loop, members, packet.retain(), send));
        } finally {
            packet.release();
        }
    }

    private static Map<EventLoop, List<Outbox>> byLoop(List<Session> recipients) {
        Map<EventLoop, List<Outbox>> byLoop = new HashMap<>(4);
        for (Session recipient : recipients) {
            if (recipient instanceof SocketSession member) {
                byLoop.computeIfAbsent(member.loop(), loop -> new ArrayList<>()).add(member.outbox());
            }
        }
        return byLoop;
    }

    private static void deliver(
            EventLoop loop, List<Outbox> members, EncodedPacket packet, BiConsumer<Outbox, EncodedPacket> send) {
        try {
            loop.execute(() -> {
                members.forEach(member -> send.accept(member, packet));
                packet.release();
            });
        } catch (RejectedExecutionException stopped) {
            packet.release();
        }
    }
}

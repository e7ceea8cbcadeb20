package io.roomcast.chat.socketio.internal.socket;

import io.netty.channel.EventLoop;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.socketio.internal.channel.EventLoops;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.socketio.internal.packet.Offset;
import io.roomcast.chat.socketio.internal.packet.Packets;
import io.roomcast.chat.spi.Broadcaster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes an event once, and submits one task to each event loop that sends it to all of the loop's recipients. Called by
 * any thread; never blocks.
 */
public final class SocketBroadcaster implements Broadcaster {
    private static final Logger log = LoggerFactory.getLogger(SocketBroadcaster.class);

    private final boolean addsOffsets;
    private final FileLinks links;

    /** Creates a broadcaster for a server without connection state recovery. */
    public SocketBroadcaster() {
        this(false, FileLinks.none());
    }

    /**
     * Creates a broadcaster.
     *
     * @param recovers whether clients use connection state recovery, so that events need offsets
     * @param links signs the URLs of uploaded files
     */
    public SocketBroadcaster(boolean recovers, FileLinks links) {
        this.addsOffsets = recovers;
        this.links = links;
    }

    @Override
    public void broadcast(ChatEvent event, List<Session> recipients) {
        if (event instanceof RoomSynced page) {
            sendPage(page, recipients);
        } else {
            send(event, null, addsOffsets ? Offset.of(event) : null, recipients);
        }
        if (event instanceof SessionRevoked revoked && !revoked.reconnect()) {
            send(Packets.disconnected(), null, recipients, OutboundQueue::send);
        }
    }

    private void sendPage(RoomSynced page, List<Session> recipients) {
        if (addsOffsets) {
            recipients.forEach(recipient -> replay(page, recipient));
        } else {
            byReactingUser(page, recipients)
                    .forEach((userId, sessions) -> send(page, userId.orElse(null), null, sessions));
        }
    }

    /** Groups sessions by the user whose own reactions the page has. Those without any share one packet. */
    private static Map<Optional<String>, List<Session>> byReactingUser(RoomSynced page, List<Session> recipients) {
        Set<String> reacting = page.page().messages().stream()
                .flatMap(message -> message.reactions().stream())
                .map(Reaction::userId)
                .collect(Collectors.toSet());
        return recipients.stream()
                .collect(Collectors.groupingBy(
                        recipient -> recipient.principal().knownUserId().filter(reacting::contains)));
    }

    /** Sends a page; to a recovered session, as the events that it missed. */
    private void replay(RoomSynced page, Session recipient) {
        if (recipient instanceof SocketSession session) {
            for (ChatEvent event : session.recovery().replay(page)) {
                Offset offset = Offset.of(event);
                // The state of a message may be newer than the page, and the client has no other change of that age.
                Offset covered =
                        offset == null ? null : offset.within(page.page().covered());
                send(event, null, covered, List.of(session));
            }
        }
    }

    private void send(ChatEvent event, @Nullable String userId, @Nullable Offset offset, List<Session> recipients) {
        EncodedPacket packet;
        try {
            packet = Packets.event(event, userId, offset, links);
        } catch (RuntimeException unwritable) {
            String type = event.getClass().getSimpleName();
            log.error("could not encode {}: {}", type, unwritable.getClass().getName());
            return;
        }
        boolean isMessage = event instanceof MessageSent;
        send(packet, offset, recipients, isMessage ? OutboundQueue::sendMessage : OutboundQueue::send);
    }

    /** Sends the packet to all recipients and releases it. */
    private static void send(
            EncodedPacket packet,
            @Nullable Offset offset,
            List<Session> recipients,
            BiConsumer<OutboundQueue, EncodedPacket> sender) {
        try {
            byLoop(recipients).forEach((loop, members) -> submit(loop, members, packet.retain(), offset, sender));
        } finally {
            packet.release();
        }
    }

    private static Map<EventLoop, List<SocketSession>> byLoop(List<Session> recipients) {
        Map<EventLoop, List<SocketSession>> byLoop = new HashMap<>(4);
        for (Session recipient : recipients) {
            if (recipient instanceof SocketSession member) {
                byLoop.computeIfAbsent(member.loop(), loop -> new ArrayList<>()).add(member);
            }
        }
        return byLoop;
    }

    private static void submit(
            EventLoop loop,
            List<SocketSession> members,
            EncodedPacket packet,
            @Nullable Offset offset,
            BiConsumer<OutboundQueue, EncodedPacket> sender) {
        boolean accepted = EventLoops.tryExecute(loop, () -> {
            members.forEach(member -> sender.accept(member.outbound(), packet));
            if (offset != null) {
                members.forEach(member -> member.recovery().recordSent(offset));
            }
            packet.release();
        });
        if (!accepted) {
            packet.release();
        }
    }
}

package io.roomcast.chat.internal;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.Broadcaster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a room what has happened; called in the conversation's order. */
final class Publisher {
    private final RoomRegistry rooms;
    private final Broadcaster broadcaster;
    private final ListenerQueue listeners;

    Publisher(RoomRegistry rooms, Broadcaster broadcaster, ListenerQueue listeners) {
        this.rooms = rooms;
        this.broadcaster = broadcaster;
        this.listeners = listeners;
    }

    void publish(Publication publication) {
        ChatEvent event = publication.event();
        List<Session> recipients = recipients(event.conversationId(), publication.except());
        if (!recipients.isEmpty()) {
            broadcaster.broadcast(event, recipients);
        }
        if (event instanceof MessageSent sent) {
            listeners.messageSent(sent.message());
        }
    }

    private List<Session> recipients(String conversationId, @Nullable Session except) {
        List<Session> members = rooms.members(conversationId);
        if (except == null || !members.contains(except)) {
            return members;
        }
        return members.stream().filter(member -> member != except).toList();
    }
}

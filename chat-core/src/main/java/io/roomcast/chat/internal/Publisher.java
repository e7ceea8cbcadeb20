package io.roomcast.chat.internal;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.Broadcaster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a room what has happened; called in the conversation's order. */
final class Publisher {
    private final RoomRegistry rooms;
    private final Broadcaster broadcaster;
    private final ListenerQueue listeners;
    private final MessageFeed feed;

    Publisher(RoomRegistry rooms, MessageFeed feed, Broadcaster broadcaster, ListenerQueue listeners) {
        this.rooms = rooms;
        this.feed = feed;
        this.broadcaster = broadcaster;
        this.listeners = listeners;
    }

    void publish(Publication publication) {
        if (publication.event() instanceof MessageSent sent) {
            publish(sent, publication.repeats());
        } else {
            tell(publication.event(), publication.except());
        }
    }

    private void publish(MessageSent sent, boolean repeats) {
        for (Message message : feed.untold(sent.message(), repeats)) {
            boolean isIt = message.seq() == sent.message().seq();
            tell(isIt ? sent : new MessageSent(message), null);
            if (isIt) {
                listeners.messageSent(message);
            }
        }
    }

    private void tell(ChatEvent event, @Nullable Session except) {
        List<Session> recipients = recipients(event.conversationId(), except);
        if (!recipients.isEmpty()) {
            broadcaster.broadcast(event, recipients);
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

package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.MessagesDelivered;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.Broadcaster;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a room what has happened; called in the conversation's order. */
public final class Publisher {
    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final RoomRegistry rooms;
    private final Broadcaster broadcaster;
    private final GapFiller feed;

    public Publisher(RoomRegistry rooms, GapFiller feed, Broadcaster broadcaster) {
        this.rooms = rooms;
        this.feed = feed;
        this.broadcaster = broadcaster;
    }

    /** Publishes the result of a command. A failure does not keep other events from being sent. */
    public void publish(OutboundEvent publication) {
        try {
            publishNow(publication);
        } catch (Throwable fault) {
            log.error("{} is not told", publication.event().getClass().getSimpleName(), fault);
        }
    }

    private void publishNow(OutboundEvent publication) {
        untold(publication).forEach(event -> tell(event, publication.audience()));
    }

    private List<ChatEvent> untold(OutboundEvent publication) {
        return publication.event() instanceof MessageSent sent
                ? feed.untold(sent, publication.repeats())
                : feed.untold(publication.event());
    }

    /**
     * Sends a room the events that it lacks up to a position. None of them may be on its way already. Blocks for the
     * store if the known messages do not cover them.
     */
    public void bringUpTo(String conversationId, Position head, List<Message> known) {
        Audience room = new Audience.Room(conversationId, null);
        feed.untoldUpTo(conversationId, head, known).forEach(event -> tell(event, room));
    }

    /** Sends the event to the sessions that belong to the audience now. */
    public void tell(ChatEvent event, Audience audience) {
        List<Session> recipients = isLeftOut(event, audience) ? List.of() : recipients(audience);
        if (!recipients.isEmpty()) {
            broadcaster.broadcast(event, recipients);
        }
    }

    /**
     * Returns whether to skip the event: in a large room, sending each user's activity to all others costs too many
     * deliveries.
     */
    private boolean isLeftOut(ChatEvent event, Audience audience) {
        return audience instanceof Audience.Room room && isOfOneUser(event) && rooms.isLarge(room.conversationId());
    }

    private static boolean isOfOneUser(ChatEvent event) {
        return event instanceof TypingStarted
                || event instanceof TypingStopped
                || event instanceof ViewingStarted
                || event instanceof ViewingStopped
                || event instanceof MessagesDelivered
                || event instanceof MessagesRead;
    }

    private List<Session> recipients(Audience audience) {
        if (audience instanceof Audience.Room room) {
            return inRoom(room.conversationId(), room.except());
        }
        if (audience instanceof Audience.Users users) {
            return users.userIds().stream()
                    .distinct()
                    .flatMap(userId -> rooms.sessionsOf(userId).stream())
                    .toList();
        }
        return ((Audience.Sessions) audience).sessions();
    }

    private List<Session> inRoom(String conversationId, @Nullable Session except) {
        List<Session> members = rooms.members(conversationId);
        if (except == null) {
            return members;
        }
        String userId = except.principal().userId();
        return members.stream()
                .filter(member -> member != except
                        && (userId == null || !userId.equals(member.principal().userId())))
                .toList();
    }
}

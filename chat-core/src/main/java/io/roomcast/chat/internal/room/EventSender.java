package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.UserActivity;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.Broadcaster;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events to the sessions of this server that belong to an audience; safe for use by any thread. */
final class EventSender implements FeedParts.Target {
    private static final Logger log = LoggerFactory.getLogger(EventSender.class);

    private final RoomRegistry rooms;
    private final Broadcaster broadcaster;

    EventSender(RoomRegistry rooms, Broadcaster broadcaster) {
        this.rooms = rooms;
        this.broadcaster = broadcaster;
    }

    /** Sends the event to the sessions that belong to the audience now. */
    void send(ChatEvent event, Audience audience) {
        if (!isSkipped(event, audience)) {
            send(event, audience.sessions(rooms));
        }
    }

    /** As {@link #send}, also if the audience is too large for the event. */
    void sendAlways(ChatEvent event, Audience audience) {
        send(event, audience.sessions(rooms));
    }

    /** Returns whether the audience is too large for the event. */
    boolean isSkipped(ChatEvent event, Audience audience) {
        return event instanceof UserActivity && audience.isLarge(rooms);
    }

    /** Sends an event about a message. Logs a failure, so that later events are still sent. */
    @Override
    public void send(String conversationId, ChatEvent event) {
        try {
            send(event, rooms.sessionsIn(conversationId));
        } catch (Throwable fault) {
            log.error("failed to send {}", event.getClass().getSimpleName(), fault);
        }
    }

    private void send(ChatEvent event, List<Session> recipients) {
        if (!recipients.isEmpty()) {
            broadcaster.broadcast(event, recipients);
        }
    }
}

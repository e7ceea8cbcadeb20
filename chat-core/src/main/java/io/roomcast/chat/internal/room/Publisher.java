package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageSent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the events that result from commands to the sessions of their audience; safe for use by any thread. */
public final class Publisher {
    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final EventSender sender;
    private final RoomFeeds feeds;

    Publisher(EventSender sender, RoomFeeds feeds) {
        this.sender = sender;
        this.feeds = feeds;
    }

    /**
     * Sends an event that results from a command. Its room's feed orders messages and changes. Logs a failure, so that
     * other events are still sent.
     */
    public void publish(OutboundEvent outbound) {
        try {
            ChatEvent event = outbound.event();
            if (event instanceof MessageSent sent) {
                feeds.offer(sent, outbound.repeats());
            } else if (event instanceof MessageChanged changed) {
                feeds.offer(changed);
            } else {
                send(event, outbound.audience());
            }
        } catch (Throwable fault) {
            log.error("failed to send {}", outbound.event().getClass().getSimpleName(), fault);
        }
    }

    /** Sends the event to the sessions that belong to the audience now. */
    public void send(ChatEvent event, Audience audience) {
        sender.send(event, audience);
    }
}

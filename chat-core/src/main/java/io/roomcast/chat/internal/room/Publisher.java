package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageSent;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the events that result from commands to the sessions of their audience; safe for use by any thread. */
public final class Publisher {
    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final EventSender sender;
    private final RoomFeeds feeds;
    private final RemoteNodes remote;
    private final Consumer<ChatEvent> listener;

    /**
     * Creates a publisher.
     *
     * @param listener is called with each event about something that this node stored, except new messages
     */
    Publisher(EventSender sender, RoomFeeds feeds, RemoteNodes remote, Consumer<ChatEvent> listener) {
        this.sender = sender;
        this.feeds = feeds;
        this.remote = remote;
        this.listener = listener;
    }

    /**
     * Sends an event that results from a command, on this node and on others. Its room's feed orders messages and
     * changes. Logs a failure, so that other events are still sent.
     */
    public void publish(OutboundEvent outbound) {
        report(outbound.event(), outbound.audience());
        publishHere(outbound);
        sendElsewhere(outbound.event(), outbound.audience(), outbound.repeats());
    }

    /**
     * Calls the listener once for each change. A new message is reported by the part that stores it, as it may be sent
     * again, and a new member by the event for the new member, as the others receive another one.
     */
    private void report(ChatEvent event, Audience audience) {
        boolean isForOthers = event instanceof MemberAdded added
                && audience instanceof Audience.Users users
                && !users.userIds().contains(added.userId());
        if (event.isStored() && !(event instanceof MessageSent) && !isForOthers) {
            listener.accept(event);
        }
    }

    /**
     * Sends an event that results from a command on another node, on this node alone. Logs a failure, so that other events
     * are still sent.
     */
    public void publishHere(OutboundEvent outbound) {
        try {
            ChatEvent event = outbound.event();
            if (event instanceof MessageSent sent) {
                feeds.offer(sent, outbound.repeats());
            } else if (event instanceof MessageChanged changed) {
                feeds.offer(changed);
            } else {
                sendHere(event, outbound.audience());
            }
        } catch (Throwable fault) {
            log.error("failed to send {}", outbound.event().getClass().getSimpleName(), fault);
        }
    }

    /** Sends the event to the sessions that belong to the audience now, on this node and on others. */
    public void send(ChatEvent event, Audience audience) {
        report(event, audience);
        sendHere(event, audience);
        sendElsewhere(event, audience, false);
    }

    /**
     * As {@link #send}, but also if the audience has become too large for the event: to end what an earlier event began.
     */
    public void sendAlways(ChatEvent event, Audience audience) {
        sender.sendAlways(event, audience);
        remote.send(event, audience, false);
    }

    /** A room that is too large for the event here is too large for it elsewhere. */
    private void sendElsewhere(ChatEvent event, Audience audience, boolean repeats) {
        if (remote.isOpen() && !sender.isSkipped(event, audience)) {
            remote.send(event, audience, repeats);
        }
    }

    /** Sends the event to the sessions of this node that belong to the audience now. */
    public void sendHere(ChatEvent event, Audience audience) {
        sender.send(event, audience);
    }
}

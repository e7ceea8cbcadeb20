package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.UserActivity;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.Broadcaster;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events to the sessions of their audience. Events about messages are sent in the conversation's order. */
public final class Publisher {
    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final RoomRegistry rooms;
    private final Broadcaster broadcaster;
    private final GapFiller gapFiller;

    public Publisher(RoomRegistry rooms, GapFiller gapFiller, Broadcaster broadcaster) {
        this.rooms = rooms;
        this.gapFiller = gapFiller;
        this.broadcaster = broadcaster;
    }

    /**
     * Sends an event that results from a command, after those events that the room has missed. Logs a failure, so that
     * other events are still sent. Blocks for the store if the room has missed messages.
     */
    public void publish(OutboundEvent outbound) {
        try {
            withMissing(outbound).forEach(event -> send(event, outbound.audience()));
        } catch (Throwable fault) {
            log.error("failed to send {}", outbound.event().getClass().getSimpleName(), fault);
        }
    }

    private List<ChatEvent> withMissing(OutboundEvent outbound) {
        return outbound.event() instanceof MessageSent sent
                ? gapFiller.missing(sent, outbound.repeats())
                : gapFiller.missing(outbound.event());
    }

    /**
     * Sends a room the events that it lacks up to a position. None of them may be on its way already. Blocks for the
     * store if the known messages do not cover them.
     */
    public void catchUp(String conversationId, Position head, List<Message> known) {
        Audience room = new Audience.Room(conversationId, null);
        gapFiller.missingUpTo(conversationId, head, known).forEach(event -> send(event, room));
    }

    /** Sends the event to the sessions that belong to the audience now. */
    public void send(ChatEvent event, Audience audience) {
        List<Session> recipients = isSkipped(event, audience) ? List.of() : audience.sessions(rooms);
        if (!recipients.isEmpty()) {
            broadcaster.broadcast(event, recipients);
        }
    }

    private boolean isSkipped(ChatEvent event, Audience audience) {
        return event instanceof UserActivity && audience.isLarge(rooms);
    }
}

package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.MessageStore;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds messages that a room has missed, so that sequence numbers arrive without gaps.
 *
 * <p>A message can be stored without this server's knowledge: if the store's answer was lost, or if another server stored
 * it. The sequence number of the next message reveals the gap. Missed messages are read from the store and sent late.
 * If that is impossible, and for missed changes, the room receives {@link SyncRequired} instead. Called in the
 * conversation's order.
 */
public final class GapFiller {
    private static final Logger log = LoggerFactory.getLogger(GapFiller.class);

    /** The most messages to fill in. Clients that miss more receive {@link SyncRequired}. */
    static final int MAX_MISSED = 500;

    private final RoomRegistry rooms;
    private final JoinBuffers joinBuffers;
    private final MessageStore store;

    public GapFiller(RoomRegistry rooms, JoinBuffers joinBuffers, MessageStore store) {
        this.rooms = rooms;
        this.joinBuffers = joinBuffers;
        this.store = store;
    }

    /**
     * Returns the events to send for a stored message: the missed messages before it, and the message. Blocks for the
     * store if there is a gap.
     *
     * @param repeats whether the message was stored before, and may have been sent
     */
    List<ChatEvent> missing(MessageSent sent, boolean repeats) {
        return buffered(sent.message().conversationId(), find(sent, repeats));
    }

    /** Adds the events to the room's join buffer, from which pending joins complete the pages that they read. */
    private List<ChatEvent> buffered(String conversationId, List<ChatEvent> events) {
        for (ChatEvent event : events) {
            if (event instanceof MessageSent sent) {
                joinBuffers.recordSent(sent.message());
            } else if (event instanceof MessageChanged changed) {
                joinBuffers.recordChanged(changed.message());
            } else if (event instanceof SyncRequired) {
                joinBuffers.invalidate(conversationId);
            }
        }
        return events;
    }

    private List<ChatEvent> find(MessageSent sent, boolean repeats) {
        Message message = sent.message();
        long last = rooms.recordBroadcast(message.conversationId(), message.seq());
        boolean isKnown = last != Room.UNKNOWN;
        if (repeats && (!isKnown || message.seq() <= last)) {
            return List.of();
        }
        if (!isKnown || message.seq() <= last + 1) {
            return List.of(sent);
        }
        List<ChatEvent> missing = new ArrayList<>(missed(message.conversationId(), last, message.seq() - 1));
        missing.add(sent);
        return missing;
    }

    /** Returns the events to send for another event: {@link SyncRequired} if changes are missing before it, and itself. */
    List<ChatEvent> missing(ChatEvent event) {
        return event instanceof MessageChanged changed ? missing(changed) : List.of(event);
    }

    private List<ChatEvent> missing(MessageChanged event) {
        Message changed = event.message();
        String conversationId = changed.conversationId();
        return buffered(conversationId, isNext(changed) ? List.of(event) : List.of(gap(conversationId), event));
    }

    private boolean isNext(Message changed) {
        long last = rooms.recordChangeBroadcast(changed.conversationId(), changed.version());
        return last == Room.UNKNOWN || changed.version() <= last + 1;
    }

    /**
     * Returns the events that the room lacks up to a position. Blocks for the store if the known messages do not cover
     * them.
     *
     * @param known messages that were just read
     */
    List<ChatEvent> missingUpTo(String conversationId, Position head, List<Message> known) {
        long lastSeq = rooms.recordBroadcast(conversationId, head.seq());
        long lastVersion = rooms.recordChangeBroadcast(conversationId, head.version());
        List<ChatEvent> missing = new ArrayList<>();
        if (lastSeq != Room.UNKNOWN && lastSeq < head.seq()) {
            List<ChatEvent> found = between(known, lastSeq, head.seq());
            missing.addAll(found.size() == head.seq() - lastSeq ? found : missed(conversationId, lastSeq, head.seq()));
        }
        if (lastVersion != Room.UNKNOWN && lastVersion < head.version()) {
            missing.add(gap(conversationId));
        }
        return buffered(conversationId, missing);
    }

    private static List<ChatEvent> between(List<Message> messages, long after, long upTo) {
        return messages.stream()
                .filter(message -> message.seq() > after && message.seq() <= upTo)
                .<ChatEvent>map(MessageSent::new)
                .toList();
    }

    private List<ChatEvent> missed(String conversationId, long after, long upTo) {
        long count = upTo - after;
        if (count > MAX_MISSED) {
            log.debug("room {} misses {} messages; clients must sync", conversationId, count);
            return List.of(gap(conversationId));
        }
        try {
            return read(new HistoryQuery(conversationId, Anchor.AFTER, after, (int) count), upTo);
        } catch (Throwable failure) {
            log.debug("could not read {} messages of {} after {}", count, conversationId, after, failure);
            return List.of(gap(conversationId));
        }
    }

    private List<ChatEvent> read(HistoryQuery query, long upTo) {
        return between(store.history(query), 0, upTo);
    }

    private static ChatEvent gap(String conversationId) {
        return new SyncRequired(conversationId, SyncRequired.Reason.GAP);
    }
}

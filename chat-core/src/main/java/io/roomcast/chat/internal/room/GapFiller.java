package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.ReactionsChanged;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.MessageStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which message and which change each room was told of last, and fetches or announces what it would miss.
 *
 * <p>A message can be stored without our hearing of it, when its answer is lost or another node stores it; the gap shows
 * by the next one's place. Missed messages are told late; where that cannot be, and for missed changes, the room is told
 * that it has a gap. Called for one conversation by one thread at a time.
 */
public final class GapFiller {
    private static final Logger log = LoggerFactory.getLogger(GapFiller.class);

    /** Clients that miss more than this must ask for it themselves. */
    static final int MOST_MISSED = 500;

    private final RoomRegistry rooms;
    private final JoinBuffers tails;
    private final MessageStore store;

    public GapFiller(RoomRegistry rooms, JoinBuffers tails, MessageStore store) {
        this.rooms = rooms;
        this.tails = tails;
        this.store = store;
    }

    /**
     * What the room is to be told of now, in order; blocks for the store where there is a gap.
     *
     * @param sent a stored message
     * @param repeats whether it was stored before, and may have been told
     */
    List<ChatEvent> untold(MessageSent sent, boolean repeats) {
        return noted(sent.message().conversationId(), find(sent, repeats));
    }

    /** Adds the events to the tail of the room, from which pending joins complete the pages that they read. */
    private List<ChatEvent> noted(String conversationId, List<ChatEvent> untold) {
        for (ChatEvent event : untold) {
            Message changed = changed(event);
            if (event instanceof MessageSent sent) {
                tails.sent(sent.message());
            } else if (changed != null) {
                tails.changed(changed);
            } else if (event instanceof SyncRequired) {
                tails.breakOff(conversationId);
            }
        }
        return untold;
    }

    private List<ChatEvent> find(MessageSent sent, boolean repeats) {
        Message message = sent.message();
        long told = rooms.tell(message.conversationId(), message.seq());
        boolean known = told != Room.UNKNOWN;
        if (repeats && (!known || message.seq() <= told)) {
            return List.of();
        }
        if (!known || message.seq() <= told + 1) {
            return List.of(sent);
        }
        List<ChatEvent> untold = new ArrayList<>(missed(message.conversationId(), told, message.seq() - 1));
        untold.add(sent);
        return untold;
    }

    /** What the room is to be told of now: another event, and first of the gap, if changes are missing before it. */
    List<ChatEvent> untold(ChatEvent event) {
        Message changed = changed(event);
        if (changed == null) {
            return List.of(event);
        }
        String conversationId = changed.conversationId();
        return noted(conversationId, isNext(changed) ? List.of(event) : List.of(gap(conversationId), event));
    }

    private static @Nullable Message changed(ChatEvent event) {
        if (event instanceof MessageEdited edited) {
            return edited.message();
        }
        if (event instanceof MessageDeleted deleted) {
            return deleted.message();
        }
        return event instanceof ReactionsChanged reactions ? reactions.message() : null;
    }

    private boolean isNext(Message changed) {
        long told = rooms.tellChange(changed.conversationId(), changed.version());
        return told == Room.UNKNOWN || changed.version() <= told + 1;
    }

    /**
     * Returns the events that the room lacks up to a position. Blocks for the store if the known messages do not cover
     * them.
     *
     * @param known messages that were read a moment ago
     */
    List<ChatEvent> untoldUpTo(String conversationId, Position head, List<Message> known) {
        long told = rooms.tell(conversationId, head.seq());
        long toldVersion = rooms.tellChange(conversationId, head.version());
        List<ChatEvent> untold = new ArrayList<>();
        if (told != Room.UNKNOWN && told < head.seq()) {
            List<ChatEvent> found = between(known, told, head.seq());
            untold.addAll(found.size() == head.seq() - told ? found : missed(conversationId, told, head.seq()));
        }
        if (toldVersion != Room.UNKNOWN && toldVersion < head.version()) {
            untold.add(gap(conversationId));
        }
        return noted(conversationId, untold);
    }

    private static List<ChatEvent> between(List<Message> messages, long after, long upTo) {
        return messages.stream()
                .filter(message -> message.seq() > after && message.seq() <= upTo)
                .<ChatEvent>map(MessageSent::new)
                .toList();
    }

    private List<ChatEvent> missed(String conversationId, long told, long upTo) {
        long count = upTo - told;
        if (count > MOST_MISSED) {
            return List.of(gap(conversationId));
        }
        try {
            return messages(new HistoryQuery(conversationId, Anchor.AFTER, told, (int) count), upTo);
        } catch (Throwable failure) {
            log.debug("the {} messages after {} of {} are not told", count, told, conversationId, failure);
            return List.of(gap(conversationId));
        }
    }

    private List<ChatEvent> messages(HistoryQuery query, long upTo) {
        return between(store.history(query), 0, upTo);
    }

    private static ChatEvent gap(String conversationId) {
        return new SyncRequired(conversationId, SyncRequired.Reason.GAP);
    }
}

package io.roomcast.chat.internal;

import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.spi.MessageStore;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which message each room was told of last, and fetches what it would miss.
 *
 * <p>A message can be stored without our hearing of it, when its answer is lost or another node stores it; the gap shows
 * by the next one's place. Called for one conversation by one thread at a time.
 */
final class MessageFeed {
    private static final Logger log = LoggerFactory.getLogger(MessageFeed.class);

    /** Clients that miss more than this must ask for it themselves. */
    private static final int MOST_MISSED = 500;

    private final RoomRegistry rooms;
    private final MessageStore store;

    MessageFeed(RoomRegistry rooms, MessageStore store) {
        this.rooms = rooms;
        this.store = store;
    }

    /**
     * What the room is to be told of now, in order; blocks for the store where there is a gap.
     *
     * @param message a stored message
     * @param repeats whether it was stored before, and may have been told
     */
    List<Message> untold(Message message, boolean repeats) {
        long told = rooms.tell(message.conversationId(), message.seq());
        boolean known = told != Room.UNKNOWN;
        if (repeats && (!known || message.seq() <= told)) {
            return List.of();
        }
        long missed = message.seq() - told - 1;
        if (!known || missed <= 0 || missed > MOST_MISSED) {
            return List.of(message);
        }
        List<Message> untold = new ArrayList<>(missed(message.conversationId(), told, (int) missed));
        untold.add(message);
        return untold;
    }

    private List<Message> missed(String conversationId, long told, int count) {
        try {
            return store.history(new HistoryQuery(conversationId, Anchor.AFTER, told, count));
        } catch (RuntimeException failure) {
            log.debug("the {} messages after {} of {} are not told", count, told, conversationId, failure);
            return List.of();
        }
    }
}

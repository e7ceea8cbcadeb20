package io.roomcast.chat.internal;

import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.model.Session;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells members who are connected here what is left to read, when something was said.
 *
 * <p>At most once a second for each conversation, whatever is said in it, and from a roster that is asked of the store at
 * most every half minute. A conversation without members costs a look into a map. Safe for use by any thread.
 */
final class UnreadNews implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UnreadNews.class);

    private record Head(String conversationId, long seq) {
        private static Head newer(Head one, Head other) {
            return other.seq > one.seq ? other : one;
        }
    }

    private final Rosters rosters;
    private final ReceiptTracker receipts;
    private final RoomRegistry rooms;
    private final Publisher publisher;
    private final ConversationLanes lanes;
    private final Pacer<String, Head> pacer;

    UnreadNews(
            Rosters rosters,
            ReceiptTracker receipts,
            RoomRegistry rooms,
            Publisher publisher,
            ConversationLanes lanes,
            ScheduledExecutorService scheduler) {
        this.rosters = rosters;
        this.receipts = receipts;
        this.rooms = rooms;
        this.publisher = publisher;
        this.lanes = lanes;
        this.pacer = new Pacer<>(Head::newer, this::tell, lanes, scheduler);
    }

    /** Never blocks; a server that is too busy leaves it at what clients count by themselves. */
    void messageSent(Message message) {
        Head head = new Head(message.conversationId(), message.seq());
        if (!pacer.passes(head.conversationId(), head)) {
            return;
        }
        try {
            lanes.anyTime(() -> tell(head));
        } catch (Throwable busy) {
            log.debug("the unread messages of {} are not told", head.conversationId(), busy);
        }
    }

    private void tell(Head head) {
        try {
            rosters.roster(head.conversationId()).forEach((userId, readSeq) -> tell(head, userId, readSeq));
        } catch (Throwable away) {
            log.debug("the unread messages of {} are not told", head.conversationId(), away);
        }
    }

    /** Whoever sent the newest message has read it, and is not told. */
    private void tell(Head head, String userId, long readBefore) {
        List<Session> sessions = rooms.sessionsOf(userId);
        if (sessions.isEmpty()) {
            return;
        }
        long known = receipts.known(new MarkKey(Kind.READ, head.conversationId(), userId));
        long readSeq = Math.max(readBefore, known);
        if (head.seq() > readSeq) {
            UnreadChanged news = new UnreadChanged(head.conversationId(), head.seq() - readSeq, readSeq, head.seq());
            publisher.tell(news, new Audience.Sessions(sessions));
        }
    }

    @Override
    public void close() {
        pacer.close();
    }

    int size() {
        return pacer.size();
    }
}

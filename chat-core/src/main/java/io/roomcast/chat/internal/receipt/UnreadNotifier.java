package io.roomcast.chat.internal.receipt;

import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.internal.execution.ConflatingThrottle;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.LatestOnly;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.MemberCache;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.model.Session;
import java.time.Clock;
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
public final class UnreadNotifier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UnreadNotifier.class);

    private record Head(String conversationId, long seq) {
        private static Head newer(Head one, Head other) {
            return other.seq > one.seq ? other : one;
        }
    }

    /** The highest sequence number that a user has read, and the highest one there is. Both only increase. */
    private record Unread(long readSeq, long latestSeq) {
        private static Unread later(Unread one, Unread other) {
            return new Unread(Math.max(one.readSeq, other.readSeq), Math.max(one.latestSeq, other.latestSeq));
        }
    }

    private final MemberCache rosters;
    private final ReceiptTracker receipts;
    private final RoomRegistry rooms;
    private final Publisher publisher;
    private final ConversationLanes lanes;
    private final ConflatingThrottle<String, Head> pacer;
    private final LatestOnly<ReceiptKey, Unread> told;

    UnreadNotifier(
            MemberCache rosters,
            ReceiptTracker receipts,
            RoomRegistry rooms,
            Publisher publisher,
            ConversationLanes lanes,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.rosters = rosters;
        this.receipts = receipts;
        this.rooms = rooms;
        this.publisher = publisher;
        this.lanes = lanes;
        this.pacer = new ConflatingThrottle<>(Head::newer, this::tell, lanes, scheduler);
        this.told = new LatestOnly<>(clock, Unread::later, this::tellNow);
    }

    /** Never blocks; a server that is too busy leaves it at what clients count by themselves. */
    public void messageSent(Message message) {
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
        if (elsewhere(head.conversationId(), userId).isEmpty()) {
            return;
        }
        ReceiptKey key = new ReceiptKey(Kind.READ, head.conversationId(), userId);
        long readSeq = Math.max(readBefore, receipts.known(key));
        if (head.seq() > readSeq) {
            told.tell(key, new Unread(readSeq, head.seq()));
        }
    }

    /** Sends a user the unread count after the user has read messages; never blocks. */
    public void read(ReceiptKey key, long readSeq, long latestSeq) {
        told.tell(key, new Unread(readSeq, latestSeq));
    }

    private void tellNow(ReceiptKey key, Unread now) {
        long count = Math.max(0, now.latestSeq() - now.readSeq());
        UnreadChanged news = new UnreadChanged(key.conversationId(), count, now.readSeq(), now.latestSeq());
        publisher.tell(news, new Audience.Sessions(hearing(key, count)));
    }

    /** Returns the sessions to notify: all of the user's if no message is unread. */
    private List<Session> hearing(ReceiptKey key, long count) {
        return count == 0 ? rooms.sessionsOf(key.userId()) : elsewhere(key.conversationId(), key.userId());
    }

    /**
     * Returns the user's sessions. In a large room, leaves out those in the room, whose clients count by themselves.
     */
    private List<Session> elsewhere(String conversationId, String userId) {
        List<Session> sessions = rooms.sessionsOf(userId);
        return rooms.isLarge(conversationId)
                ? sessions.stream()
                        .filter(session -> !rooms.isIn(conversationId, session))
                        .toList()
                : sessions;
    }

    /** Forgets the user's last unread count, so that it may decrease, as after leaving and coming back. */
    void forget(ReceiptKey key) {
        told.forget(key);
    }

    /** Forgets the user's last unread counts in all conversations. */
    void forget(String userId) {
        told.forgetAll(key -> key.userId().equals(userId));
    }

    @Override
    public void close() {
        pacer.close();
        told.close();
    }

    int size() {
        return pacer.size();
    }
}

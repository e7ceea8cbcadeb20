package io.roomcast.chat.internal.receipt;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessagesDelivered;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.internal.execution.ConflatingThrottle;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.internal.execution.LatestOnly;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.MemberCache;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.util.Collection;
import java.util.concurrent.ScheduledExecutorService;

/** The parts that follow who has read what, put together; safe for use by any thread. */
public final class Receipts implements AutoCloseable {
    private final MembershipCache memberships;
    private final Publisher publisher;
    private final MemberCache rosters;
    private final ReceiptTracker receipts;
    private final ConflatingThrottle<ReceiptKey, Receipt> news;
    private final UnreadNotifier unread;
    private final LatestOnly<ReceiptKey, Receipt> told;

    public Receipts(
            ChatStore store,
            MembershipCache memberships,
            RoomRegistry rooms,
            Publisher publisher,
            ConversationLanes lanes,
            ScheduledExecutorService scheduler,
            InFlight inFlight,
            Clock clock) {
        this.memberships = memberships;
        this.publisher = publisher;
        rosters = new MemberCache(store, memberships, clock);
        receipts = new ReceiptTracker(store, new ReceiptWriteBuffer(store, lanes, scheduler, inFlight), clock);
        news = new ConflatingThrottle<>(ReceiptKey::further, this::tell, lanes, scheduler);
        unread = new UnreadNotifier(rosters, receipts, rooms, publisher, lanes, scheduler, clock);
        told = new LatestOnly<>(clock, ReceiptKey::further, (key, receipt) -> tellNow(receipt));
    }

    /** Sends the receipt to the room, unless a further one was sent before. */
    public void tell(Receipt receipt) {
        told.tell(ReceiptKey.of(receipt), receipt);
    }

    private void tellNow(Receipt receipt) {
        publisher.tell(event(receipt), new Audience.Room(receipt.conversationId(), null));
    }

    public MembershipCache memberships() {
        return memberships;
    }

    public MemberCache rosters() {
        return rosters;
    }

    public ReceiptTracker receipts() {
        return receipts;
    }

    /** Holds back what rooms are told of receipts. */
    public ConflatingThrottle<ReceiptKey, Receipt> news() {
        return news;
    }

    public UnreadNotifier unread() {
        return unread;
    }

    /** Drops what users marked who came or went, and is neither stored nor told yet. */
    public void forget(String conversationId, Collection<String> userIds) {
        for (String userId : userIds) {
            for (Kind kind : Kind.values()) {
                ReceiptKey key = new ReceiptKey(kind, conversationId, userId);
                receipts.forget(key);
                news.forget(key);
                told.forget(key);
                unread.forget(key);
            }
        }
    }

    /** Forgets all data about a user, stored or not. */
    public void forget(String userId) {
        receipts.forget(userId);
        news.forgetAll(key -> key.userId().equals(userId));
        told.forgetAll(key -> key.userId().equals(userId));
        unread.forget(userId);
        rosters.forget(userId);
    }

    /** How much is kept by all parts together. */
    int size() {
        return rosters.size() + receipts.size() + news.size() + unread.size();
    }

    /** Stores the receipts that wait; blocks. */
    @Override
    public void close() {
        unread.close();
        news.close();
        told.close();
        receipts.close();
        rosters.close();
    }

    public static ChatEvent event(Receipt receipt) {
        return receipt.kind() == Kind.READ ? new MessagesRead(receipt) : new MessagesDelivered(receipt);
    }
}

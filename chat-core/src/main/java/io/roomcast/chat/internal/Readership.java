package io.roomcast.chat.internal;

import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.util.Collection;
import java.util.concurrent.ScheduledExecutorService;

/** The parts that follow who has read what, put together; safe for use by any thread. */
final class Readership implements AutoCloseable {
    private final Memberships memberships;
    private final Publisher publisher;
    private final Rosters rosters;
    private final ReceiptTracker receipts;
    private final Pacer<MarkKey, Receipt> news;
    private final UnreadNews unread;
    private final LatestOnly<MarkKey, Receipt> told;

    Readership(
            ChatStore store,
            Memberships memberships,
            RoomRegistry rooms,
            Publisher publisher,
            ConversationLanes lanes,
            ScheduledExecutorService scheduler,
            InFlight inFlight,
            Clock clock) {
        this.memberships = memberships;
        this.publisher = publisher;
        rosters = new Rosters(store, memberships, clock);
        receipts = new ReceiptTracker(store, new PendingMarks(store, lanes, scheduler, inFlight), clock);
        news = new Pacer<>(MarkKey::further, this::tell, lanes, scheduler);
        unread = new UnreadNews(rosters, receipts, rooms, publisher, lanes, scheduler, clock);
        told = new LatestOnly<>(clock, MarkKey::further, (key, receipt) -> tellNow(receipt));
    }

    /** Sends the receipt to the room, unless a further one was sent before. */
    void tell(Receipt receipt) {
        told.tell(MarkKey.of(receipt), receipt);
    }

    private void tellNow(Receipt receipt) {
        publisher.tell(ReceiptHandler.event(receipt), new Audience.Room(receipt.conversationId(), null));
    }

    Memberships memberships() {
        return memberships;
    }

    Rosters rosters() {
        return rosters;
    }

    ReceiptTracker receipts() {
        return receipts;
    }

    /** Holds back what rooms are told of receipts. */
    Pacer<MarkKey, Receipt> news() {
        return news;
    }

    UnreadNews unread() {
        return unread;
    }

    /** Drops what users marked who came or went, and is neither stored nor told yet. */
    void forget(String conversationId, Collection<String> userIds) {
        for (String userId : userIds) {
            for (Kind kind : Kind.values()) {
                MarkKey key = new MarkKey(kind, conversationId, userId);
                receipts.forget(key);
                news.forget(key);
                told.forget(key);
                unread.forget(key);
            }
        }
    }

    /** Forgets all data about a user, stored or not. */
    void forget(String userId) {
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
}

package io.roomcast.chat.internal.receipt;

import io.roomcast.chat.event.ReceiptChanged;
import io.roomcast.chat.internal.attention.UserAttention;
import io.roomcast.chat.internal.execution.ConflatingThrottle;
import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.execution.LatestOnly;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.MemberCache;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.util.Collection;
import java.util.function.Predicate;

/** Assembles the package: tracks receipts, stores them, and sends them to rooms. Safe for use by any thread. */
public final class Receipts implements AutoCloseable {
    private final Publisher publisher;
    private final MembershipCache membershipCache;
    private final MemberCache memberCache;
    private final ReceiptTracker tracker;
    private final ConflatingThrottle<ReceiptKey, Receipt> throttle;
    private final UnreadNotifier unread;
    private final LatestOnly<ReceiptKey, Receipt> latest;

    private Receipts(ChatStore store, Rooms rooms, UserAttention attention, Execution execution, Clock clock) {
        publisher = rooms.publisher();
        membershipCache = rooms.membershipCache();
        memberCache = rooms.memberCache();
        tracker = new ReceiptTracker(
                store,
                new ReceiptWriteBuffer(store, execution.lanes(), execution.scheduler(), execution.inFlight()),
                attention.settings(),
                clock);
        throttle = new ConflatingThrottle<>(
                ReceiptKey::latest, this::sendIfShown, execution.lanes(), execution.scheduler());
        unread = new UnreadNotifier(store, rooms, tracker, execution, clock);
        latest = new LatestOnly<>(clock, ReceiptKey::latest, (key, receipt) -> sendNow(receipt));
        rooms.cluster().onReceipt(this::receive);
        attention.preferences().onUnread(unread::recount);
    }

    /** Creates the parts, without receipts. */
    public static Receipts create(
            ChatStore store, Rooms rooms, UserAttention attention, Execution execution, Clock clock) {
        return new Receipts(store, rooms, attention, execution, clock);
    }

    /** Sends the receipt to the room, unless a higher one was sent before. */
    public void send(Receipt receipt) {
        latest.emit(ReceiptKey.of(receipt), receipt);
    }

    /** Sends a receipt that has waited, unless the user hides receipts now. Blocks for the user's settings. */
    private void sendIfShown(Receipt receipt) {
        if (tracker.isShown(receipt.userId())) {
            send(receipt);
        }
    }

    /** Sends a receipt that another node recorded, unless this node knows it. */
    private void receive(Receipt receipt) {
        if (tracker.receive(receipt)) {
            publisher.sendHere(ReceiptChanged.of(receipt), new Audience.Room(receipt.conversationId(), null));
        }
    }

    private void sendNow(Receipt receipt) {
        publisher.send(ReceiptChanged.of(receipt), new Audience.Room(receipt.conversationId(), null));
    }

    /** Returns the cache of users' memberships. */
    public MembershipCache membershipCache() {
        return membershipCache;
    }

    /** Returns the cache of conversations' members. */
    public MemberCache memberCache() {
        return memberCache;
    }

    /** Returns the tracker of users' receipts. */
    public ReceiptTracker tracker() {
        return tracker;
    }

    /** Returns the throttle of receipt events: at most one for each receipt and second. */
    public ConflatingThrottle<ReceiptKey, Receipt> throttle() {
        return throttle;
    }

    /** Returns the notifier of unread counts. */
    public UnreadNotifier unread() {
        return unread;
    }

    /** Forgets receipts of users who have joined or left, including those that wait to be stored or sent. */
    public void forget(String conversationId, Collection<String> userIds) {
        for (String userId : userIds) {
            tracker.settings().forget(userId);
            for (Kind kind : Kind.values()) {
                ReceiptKey key = new ReceiptKey(kind, conversationId, userId);
                tracker.forget(key);
                throttle.forget(key);
                latest.forget(key);
                unread.forget(key);
            }
        }
    }

    /** Forgets all data about a user, including receipts that wait to be stored or sent. */
    public void forget(String userId) {
        forgetAll(key -> key.userId().equals(userId));
        memberCache.invalidateUser(userId);
    }

    /** Forgets all data about a conversation, including receipts that wait to be stored or sent. */
    public void forgetConversation(String conversationId) {
        forgetAll(key -> key.conversationId().equals(conversationId));
        memberCache.invalidate(conversationId);
    }

    private void forgetAll(Predicate<ReceiptKey> keys) {
        tracker.forgetAll(keys);
        throttle.forgetAll(keys);
        latest.forgetAll(keys);
        unread.forgetAll(keys);
    }

    /** Returns how many entries all parts hold. */
    int size() {
        return memberCache.size() + tracker.size() + throttle.size() + unread.size();
    }

    /** Writes the waiting receipts to the store; blocks. */
    @Override
    public void close() {
        unread.close();
        throttle.close();
        latest.close();
        tracker.close();
        memberCache.close();
    }
}

package io.roomcast.chat.internal.receipt;

import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.spi.ReceiptStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far users have come: what the store says, and what is still on its way there.
 *
 * <p>Nobody goes back, and what is read is delivered. Safe for use by any thread; methods that ask the store block.
 */
public final class ReceiptTracker implements AutoCloseable {
    /** The place of somebody who never marked anything. */
    static final long NONE = -1;

    /** Longer than what is compared with it is kept, so that a stored mark is not forgotten in between. */
    private static final Duration LIFE = MembershipCache.LIFE.multipliedBy(2);

    private static final int MOST = 200_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ReceiptStore store;
    private final ReceiptWriteBuffer pending;
    private final TtlCache<ReceiptKey, Long> recent;

    ReceiptTracker(ReceiptStore store, ReceiptWriteBuffer pending, Clock clock) {
        this.store = store;
        this.pending = pending;
        this.recent = new TtlCache<>(clock, LIFE, MOST, seq -> 1);
    }

    /** How far the user has come; blocks only where nothing is known, and may not know what another server did. */
    public long seq(ReceiptKey key) {
        if (!knows(key)) {
            learn(key.userId(), List.of(key.conversationId()));
        }
        return known(key);
    }

    /** Whether the store was asked a short while ago. */
    public boolean knows(ReceiptKey key) {
        return recent.find(key) != null;
    }

    /** Learns how far the user has come in some conversations, with one call. */
    public void learn(String userId, Collection<String> conversationIds) {
        List<Receipt> stored = store.receiptsOf(userId, conversationIds);
        for (String conversationId : conversationIds) {
            for (Kind kind : Kind.values()) {
                recent.merge(new ReceiptKey(kind, conversationId, userId), NONE, Math::max);
            }
        }
        stored.forEach(this::remember);
    }

    /** How far the user is known to have come, without a look at the store. */
    long known(ReceiptKey key) {
        long known = knownAs(key);
        return key.kind() == Kind.READ
                ? known
                : Math.max(known, knownAs(new ReceiptKey(Kind.READ, key.conversationId(), key.userId())));
    }

    private long knownAs(ReceiptKey key) {
        Long seq = recent.find(key);
        Receipt waiting = pending.find(key);
        return Math.max(seq == null ? NONE : seq, waiting == null ? NONE : waiting.upToSeq());
    }

    /** Notes how far a user has come; never blocks, and is stored soon. */
    public void raise(Receipt receipt) {
        if (!pending.add(receipt)) {
            throw ChatException.rateLimited(RETRY_AFTER);
        }
        remember(receipt);
    }

    private void remember(Receipt receipt) {
        recent.merge(ReceiptKey.of(receipt), receipt.upToSeq(), Math::max);
    }

    /** Notes that the sender of a message has read up to it; what has no room is not noted. Never blocks. */
    public void sent(Message message) {
        if (message.senderId().equals(NewMessage.SYSTEM_SENDER)) {
            return;
        }
        Receipt receipt =
                Receipt.read(message.conversationId(), message.senderId(), message.seq(), message.createdAt());
        if (pending.add(receipt)) {
            remember(receipt);
        }
    }

    /** Forgets the user's receipt. The next look-up asks the store. */
    void forget(ReceiptKey key) {
        pending.forget(key);
        recent.drop(key);
    }

    /** Forgets the user's receipts in all conversations, including those that wait to be stored. */
    void forget(String userId) {
        pending.forgetAll(userId);
        recent.dropAll(key -> key.userId().equals(userId));
    }

    /** How far the user has read in some conversations, as far as they did; asks the store. */
    public Map<String, Long> readSeqs(String userId, Collection<String> conversationIds) {
        if (conversationIds.isEmpty()) {
            return Map.of();
        }
        store.receiptsOf(userId, conversationIds).forEach(this::remember);
        Map<String, Long> readSeqs = new HashMap<>();
        for (String conversationId : conversationIds) {
            long known = known(new ReceiptKey(Kind.READ, conversationId, userId));
            if (known != NONE) {
                readSeqs.put(conversationId, known);
            }
        }
        return readSeqs;
    }

    /** The receipts of a conversation, at most one of each kind for each user; asks the store. */
    public List<Receipt> receipts(String conversationId) {
        return receipts(Set.of(conversationId)).getOrDefault(conversationId, List.of());
    }

    /** The receipts of some conversations, as far as there are any; asks the store once. */
    public Map<String, List<Receipt>> receipts(Set<String> conversationIds) {
        if (conversationIds.isEmpty()) {
            return Map.of();
        }
        // Before the store is asked, as what is stored meanwhile does not wait any more.
        List<Receipt> waiting = pending.of(conversationIds);
        Map<ReceiptKey, Receipt> receipts = Stream.concat(
                        store.receipts(conversationIds).stream(),
                        waiting.stream().flatMap(ReceiptTracker::withImplied))
                .collect(Collectors.toMap(ReceiptKey::of, Function.identity(), ReceiptKey::further));
        return receipts.values().stream().collect(Collectors.groupingBy(Receipt::conversationId));
    }

    private static Stream<Receipt> withImplied(Receipt receipt) {
        return receipt.kind() == Kind.DELIVERED
                ? Stream.of(receipt)
                : Stream.of(
                        receipt,
                        Receipt.delivered(receipt.conversationId(), receipt.userId(), receipt.upToSeq(), receipt.at()));
    }

    /** Stores what waits; blocks. */
    @Override
    public void close() {
        pending.close();
        recent.clear();
    }

    int size() {
        return pending.size() + recent.size();
    }
}

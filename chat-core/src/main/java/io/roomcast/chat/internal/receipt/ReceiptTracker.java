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
 * Tracks the highest sequence number that each user has received and read, by the store's receipts and those that wait to
 * be written.
 *
 * <p>Receipts only increase, and a message that is read is also delivered. Safe for use by any thread. Methods that read
 * the store block.
 */
public final class ReceiptTracker implements AutoCloseable {
    /** The sequence number of a user without a receipt. */
    static final long NONE = -1;

    /**
     * How long receipts are cached. Longer than the read positions that are compared with them, so that a stored receipt
     * is not forgotten earlier.
     */
    private static final Duration LIFETIME = MembershipCache.LIFETIME.multipliedBy(2);

    private static final int MAX_RECEIPTS = 200_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ReceiptStore store;
    private final ReceiptWriteBuffer pending;
    private final TtlCache<ReceiptKey, Long> recent;

    ReceiptTracker(ReceiptStore store, ReceiptWriteBuffer pending, Clock clock) {
        this.store = store;
        this.pending = pending;
        this.recent = new TtlCache<>(clock, LIFETIME, MAX_RECEIPTS, seq -> 1);
    }

    /**
     * Returns the highest sequence number of the user's receipt, or -1 if there is none. Blocks for the store only if the
     * receipt is not cached. May miss a recent receipt of another server.
     */
    public long highestSeq(ReceiptKey key) {
        if (!isCached(key)) {
            preload(key.userId(), List.of(key.conversationId()));
        }
        return highestKnownSeq(key);
    }

    /** Returns whether the receipt, or its absence, is cached; never blocks. */
    public boolean isCached(ReceiptKey key) {
        return recent.getIfPresent(key) != null;
    }

    /** Caches the user's receipts of some conversations, with one call of the store. */
    public void preload(String userId, Collection<String> conversationIds) {
        List<Receipt> stored = store.receiptsOf(userId, conversationIds);
        for (String conversationId : conversationIds) {
            for (Kind kind : Kind.values()) {
                recent.merge(new ReceiptKey(kind, conversationId, userId), NONE, Math::max);
            }
        }
        stored.forEach(this::cache);
    }

    /** As {@link #highestSeq}, but from memory only; never blocks. */
    long highestKnownSeq(ReceiptKey key) {
        long known = knownSeq(key);
        return key.kind() == Kind.READ
                ? known
                : Math.max(known, knownSeq(new ReceiptKey(Kind.READ, key.conversationId(), key.userId())));
    }

    private long knownSeq(ReceiptKey key) {
        Long cached = recent.getIfPresent(key);
        Receipt waiting = pending.find(key);
        return Math.max(cached == null ? NONE : cached, waiting == null ? NONE : waiting.upToSeq());
    }

    /**
     * Records a receipt, which is written to the store soon; never blocks.
     *
     * @throws ChatException {@code rate_limited} if too many receipts wait
     */
    public void record(Receipt receipt) {
        if (!pending.add(receipt)) {
            throw ChatException.rateLimited(RETRY_AFTER);
        }
        cache(receipt);
    }

    private void cache(Receipt receipt) {
        recent.merge(ReceiptKey.of(receipt), receipt.upToSeq(), Math::max);
    }

    /** Records that the sender has read the message, unless too many receipts wait. Never blocks. */
    public void recordSent(Message message) {
        if (message.senderId().equals(NewMessage.SYSTEM_SENDER)) {
            return;
        }
        Receipt receipt =
                Receipt.read(message.conversationId(), message.senderId(), message.seq(), message.createdAt());
        if (pending.add(receipt)) {
            cache(receipt);
        }
    }

    /** Forgets the user's receipt. The next look-up reads the store. */
    void forget(ReceiptKey key) {
        pending.forget(key);
        recent.invalidate(key);
    }

    /** Forgets the user's receipts in all conversations, including those that wait to be stored. */
    void forget(String userId) {
        pending.forgetAll(userId);
        recent.invalidateIf(key -> key.userId().equals(userId));
    }

    /**
     * Returns the user's read positions by conversation, without those conversations where the user has read nothing.
     * Blocks for the store.
     */
    public Map<String, Long> readSeqs(String userId, Collection<String> conversationIds) {
        if (conversationIds.isEmpty()) {
            return Map.of();
        }
        store.receiptsOf(userId, conversationIds).forEach(this::cache);
        Map<String, Long> readSeqs = new HashMap<>();
        for (String conversationId : conversationIds) {
            long known = highestKnownSeq(new ReceiptKey(Kind.READ, conversationId, userId));
            if (known != NONE) {
                readSeqs.put(conversationId, known);
            }
        }
        return readSeqs;
    }

    /** Returns a conversation's receipts, at most one of each kind for each user. Blocks for the store. */
    public List<Receipt> receipts(String conversationId) {
        return receipts(Set.of(conversationId)).getOrDefault(conversationId, List.of());
    }

    /**
     * Returns the receipts of some conversations, without those conversations that have none. Blocks for one call of the
     * store.
     */
    public Map<String, List<Receipt>> receipts(Set<String> conversationIds) {
        if (conversationIds.isEmpty()) {
            return Map.of();
        }
        // Reads the waiting receipts first: those that are stored in the meantime are removed from the buffer.
        List<Receipt> waiting = pending.of(conversationIds);
        Map<ReceiptKey, Receipt> receipts = Stream.concat(
                        store.receipts(conversationIds).stream(),
                        waiting.stream().flatMap(ReceiptTracker::withImplied))
                .collect(Collectors.toMap(ReceiptKey::of, Function.identity(), ReceiptKey::higher));
        return receipts.values().stream().collect(Collectors.groupingBy(Receipt::conversationId));
    }

    private static Stream<Receipt> withImplied(Receipt receipt) {
        return receipt.kind() == Kind.DELIVERED
                ? Stream.of(receipt)
                : Stream.of(
                        receipt,
                        Receipt.delivered(receipt.conversationId(), receipt.userId(), receipt.upToSeq(), receipt.at()));
    }

    /** Writes the waiting receipts to the store; blocks. */
    @Override
    public void close() {
        pending.close();
        recent.clear();
    }

    int size() {
        return pending.size() + recent.size();
    }
}

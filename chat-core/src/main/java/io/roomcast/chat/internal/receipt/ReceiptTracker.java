package io.roomcast.chat.internal.receipt;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.internal.attention.UserSettingsCache;
import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.model.ReceiptPage;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.model.UserSettings;
import io.roomcast.chat.spi.ReceiptStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the highest sequence number that each user has received and read, by the store's receipts and those that wait to
 * be written.
 *
 * <p>Receipts only increase, and a message that is read is also delivered. The messages before a user's first join are
 * not unread, but only the user's own read position includes them. Safe for use by any thread. Methods that read the
 * store block.
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
    private final UserSettingsCache settings;
    private volatile Consumer<Receipt> reads = receipt -> {};

    ReceiptTracker(ReceiptStore store, ReceiptWriteBuffer pending, UserSettingsCache settings, Clock clock) {
        this.store = store;
        this.pending = pending;
        this.settings = settings;
        this.recent = new TtlCache<>(clock, LIFETIME, MAX_RECEIPTS, seq -> 1);
    }

    /** Sets what receives the read receipts that this server records. It must not block or throw. */
    public void onRead(Consumer<Receipt> receiver) {
        reads = receiver;
    }

    /** Returns the settings of all given users. Blocks for the store if some are not cached. */
    public Map<String, UserSettings> settingsOf(Collection<String> userIds) {
        return settings.ofAll(userIds);
    }

    /** Returns whether others receive the user's receipts. Blocks for the store if the user's settings are not cached. */
    public boolean isShown(String userId) {
        return settings.privacyOf(userId).readReceipts();
    }

    /** Returns the cache of what users prefer. */
    public UserSettingsCache settings() {
        return settings;
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

    /**
     * Returns the user's read position in a conversation, or -1 if the user has neither read anything nor joined. Blocks
     * as {@link #highestSeq} does.
     */
    public long readSeq(String conversationId, String userId) {
        return Math.max(
                highestSeq(new ReceiptKey(Kind.READ, conversationId, userId)),
                highestSeq(new ReceiptKey(Kind.JOINED, conversationId, userId)));
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
                cache(new ReceiptKey(kind, conversationId, userId), NONE);
            }
        }
        stored.forEach(this::cache);
    }

    /** As {@link #highestSeq}, but from memory only; never blocks. */
    long highestKnownSeq(ReceiptKey key) {
        long known = knownSeq(key);
        return key.kind() == Kind.DELIVERED
                ? Math.max(known, knownSeq(new ReceiptKey(Kind.READ, key.conversationId(), key.userId())))
                : known;
    }

    private long knownSeq(ReceiptKey key) {
        Long cached = recent.getIfPresent(key);
        Receipt waiting = pending.find(key);
        return latest(key, cached == null ? NONE : cached, waiting == null ? NONE : waiting.upToSeq());
    }

    /** Returns the one of two sequence numbers that counts. */
    private static long latest(ReceiptKey key, long one, long other) {
        boolean lowest = key.kind() == Kind.JOINED && one != NONE && other != NONE;
        return lowest ? Math.min(one, other) : Math.max(one, other);
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
        if (receipt.kind() == Kind.READ) {
            reads.accept(receipt);
        }
    }

    /**
     * Records the first join of a user without a read position, unless too many receipts wait. Never blocks.
     *
     * @return the user's read position, which is lower if another device joined earlier
     */
    public long recordFirstJoin(Receipt joined) {
        if (pending.add(joined)) {
            cache(joined);
        }
        long known = knownReadSeq(joined.conversationId(), joined.userId());
        return known == NONE ? joined.upToSeq() : known;
    }

    private long knownReadSeq(String conversationId, String userId) {
        return Math.max(
                knownSeq(new ReceiptKey(Kind.READ, conversationId, userId)),
                knownSeq(new ReceiptKey(Kind.JOINED, conversationId, userId)));
    }

    /**
     * Records a receipt that another server stores. Returns whether it is higher than the known one; never blocks. The
     * absence of a receipt is not cached, so one that is not known is only passed on.
     */
    boolean receive(Receipt receipt) {
        ReceiptKey key = ReceiptKey.of(receipt);
        boolean isNew = receipt.upToSeq() > highestKnownSeq(key);
        if (isNew && isCached(key)) {
            cache(receipt);
        }
        return isNew;
    }

    private void cache(Receipt receipt) {
        cache(ReceiptKey.of(receipt), receipt.upToSeq());
    }

    private void cache(ReceiptKey key, long seq) {
        recent.merge(key, seq, (before, now) -> latest(key, before, now));
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
        reads.accept(receipt);
    }

    /** Runs a task once the user's receipt is in the store; immediately if none waits. It must not block or throw. */
    void afterWrite(ReceiptKey key, Runnable task) {
        pending.afterWrite(key, task);
    }

    /** Forgets the user's receipt. The next look-up reads the store. */
    void forget(ReceiptKey key) {
        pending.forget(key);
        recent.invalidate(key);
    }

    /** Forgets the receipts with a matching key, including those that wait to be stored. */
    void forgetAll(Predicate<ReceiptKey> keys) {
        pending.forgetAll(keys);
        recent.invalidateIf(keys);
    }

    /**
     * Returns the user's read positions by conversation, without those conversations where the user has neither read
     * anything nor joined. Blocks for the store.
     */
    public Map<String, Long> readSeqs(String userId, Collection<String> conversationIds) {
        if (conversationIds.isEmpty()) {
            return Map.of();
        }
        store.receiptsOf(userId, conversationIds).forEach(this::cache);
        Map<String, Long> readSeqs = new HashMap<>();
        for (String conversationId : conversationIds) {
            cache(new ReceiptKey(Kind.JOINED, conversationId, userId), NONE);
            long known = knownReadSeq(conversationId, userId);
            if (known != NONE) {
                readSeqs.put(conversationId, known);
            }
        }
        return readSeqs;
    }

    /** Returns a page of a conversation's receipts. Leaves out users who have only joined. Blocks for the store. */
    public ReceiptPage page(ReceiptQuery query) {
        // Reads the waiting receipts first: those that are stored in the meantime are removed from the buffer.
        List<Receipt> waiting = waiting(Set.of(query.conversationId())).stream()
                .filter(receipt -> isAfter(query.afterUserId(), receipt.userId()))
                .toList();
        ReceiptQuery oneMore = new ReceiptQuery(query.conversationId(), query.afterUserId(), query.users() + 1);
        return page(Stream.concat(store.receipts(oneMore).stream(), withImplied(waiting)), query.users());
    }

    private List<Receipt> waiting(Set<String> conversationIds) {
        return pending.of(conversationIds).stream()
                .filter(ReceiptTracker::isShown)
                .toList();
    }

    private static boolean isShown(Receipt receipt) {
        return receipt.kind() != Kind.JOINED;
    }

    private static boolean isAfter(@Nullable String after, String userId) {
        return after == null || ReceiptQuery.ORDER.compare(userId, after) > 0;
    }

    /**
     * Returns the first page of each conversation, without those conversations that have no receipts. Blocks for one call
     * of the store.
     */
    public Map<String, ReceiptPage> firstPages(Set<String> conversationIds) {
        if (conversationIds.isEmpty()) {
            return Map.of();
        }
        List<Receipt> waiting = waiting(conversationIds);
        Map<String, List<Receipt>> found = Stream.concat(
                        store.receipts(conversationIds, GetReceipts.MAX_USERS + 1).stream(), withImplied(waiting))
                .collect(Collectors.groupingBy(Receipt::conversationId));
        Map<String, ReceiptPage> pages = new HashMap<>();
        found.forEach((id, receipts) -> pages.put(id, page(receipts.stream(), GetReceipts.MAX_USERS)));
        return pages;
    }

    /**
     * Returns the page of the first users. Of several receipts of the same kind and user, the highest counts. A page has
     * fewer users if some have only joined or hide their receipts, so that it never reads more than its limit.
     */
    private ReceiptPage page(Stream<Receipt> found, int users) {
        Map<String, Map<Kind, Receipt>> byUser = found.collect(Collectors.groupingBy(
                Receipt::userId,
                () -> new TreeMap<>(ReceiptQuery.ORDER),
                Collectors.toMap(
                        Receipt::kind, Function.identity(), ReceiptKey::latest, () -> new EnumMap<>(Kind.class))));
        List<String> shown = byUser.keySet().stream().limit(users).toList();
        Map<String, UserSettings> settingsOf = settings.ofAll(shown);
        List<Receipt> receipts = shown.stream()
                .filter(userId -> settingsOf
                        .getOrDefault(userId, UserSettings.NONE)
                        .privacy()
                        .readReceipts())
                .flatMap(userId -> requireNonNull(byUser.get(userId)).values().stream())
                .filter(ReceiptTracker::isShown)
                .toList();
        return new ReceiptPage(receipts, byUser.size() > users ? shown.get(users - 1) : null);
    }

    private static Stream<Receipt> withImplied(List<Receipt> waiting) {
        return waiting.stream().flatMap(ReceiptTracker::withImplied);
    }

    private static Stream<Receipt> withImplied(Receipt receipt) {
        return receipt.kind() == Kind.READ
                ? Stream.of(
                        receipt,
                        Receipt.delivered(receipt.conversationId(), receipt.userId(), receipt.upToSeq(), receipt.at()))
                : Stream.of(receipt);
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

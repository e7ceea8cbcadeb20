package io.roomcast.chat.internal.receipt;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.internal.attention.UserSettingsCache;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.ParallelRunner;
import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.model.MentionCountQuery;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.UserSettings;
import io.roomcast.chat.spi.MessageStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts users' unread messages and the mentions among them. Caches what the store answers for {@link
 * MembershipCache#LIFETIME}, and reads it for many users with few calls. Safe for use by any thread; never blocks the
 * caller.
 */
final class UnreadCounts {
    private static final Logger log = LoggerFactory.getLogger(UnreadCounts.class);
    private static final int MAX_CACHED = 200_000;

    /** The maximum number of counts in one call of the store. */
    private static final int MAX_COUNTS = 500;

    /** The number of messages after a sequence number that mention a user. */
    private record Mentions(long afterSeq, long count) {
        /** Returns the number after another sequence number, or null if it is unknown. */
        private @Nullable Long after(long seq) {
            return seq == afterSeq || (count == 0 && seq > afterSeq) ? count : null;
        }
    }

    private final MessageStore store;
    private final UserSettingsCache settings;
    private final Consumer<ReceiptKey> onRead;
    private final TtlCache<ReceiptKey, Mentions> mentions;
    private final ParallelRunner runner;

    /** The users whose counts are to be read, with the sequence numbers that they have read. */
    @GuardedBy("waiting")
    private final Map<ReceiptKey, Long> waiting = new LinkedHashMap<>();

    /**
     * Creates an instance with an empty cache.
     *
     * @param onRead called on a worker when what a count needs was read
     */
    UnreadCounts(
            MessageStore store,
            UserSettingsCache settings,
            ConversationLanes lanes,
            Clock clock,
            Consumer<ReceiptKey> onRead) {
        this.store = store;
        this.settings = settings;
        this.onRead = onRead;
        this.mentions = new TtlCache<>(clock, MembershipCache.LIFETIME, MAX_CACHED, count -> 1);
        this.runner = new ParallelRunner(1, lanes, this::nextRead, stopped -> take(Integer.MAX_VALUE));
    }

    /** Returns the counts, or null if they are not cached. */
    @Nullable
    UnreadChanged ifKnown(ReceiptKey key, long readSeq, long latestSeq, @Nullable MessagePreview lastMessage) {
        UserSettings known = settings.ifKnown(key.userId());
        if (known == null) {
            return null;
        }
        long notUnread = known.in(key.conversationId()).notUnread(readSeq);
        long unread = Math.max(0, latestSeq - notUnread);
        Mentions cached = unread == 0 ? null : mentions.getIfPresent(key);
        Long mentioned = unread == 0 ? Long.valueOf(0) : cached == null ? null : cached.after(notUnread);
        return mentioned == null
                ? null
                : new UnreadChanged(
                        key.conversationId(), unread, readSeq, latestSeq, Math.min(mentioned, unread), lastMessage);
    }

    /** Reads what is not cached. */
    void read(ReceiptKey key, long readSeq) {
        synchronized (waiting) {
            waiting.put(key, readSeq);
        }
        runner.wake();
    }

    private @Nullable Runnable nextRead() {
        Map<ReceiptKey, Long> taken = take(MAX_COUNTS);
        return taken.isEmpty() ? null : () -> read(taken);
    }

    private Map<ReceiptKey, Long> take(int max) {
        Map<ReceiptKey, Long> taken = new LinkedHashMap<>();
        synchronized (waiting) {
            waiting.entrySet().stream().limit(max).forEach(entry -> taken.put(entry.getKey(), entry.getValue()));
            waiting.keySet().removeAll(taken.keySet());
        }
        return taken;
    }

    /** An overloaded server drops counts, as clients count received messages themselves. */
    private void read(Map<ReceiptKey, Long> taken) {
        try {
            count(taken);
        } catch (Throwable unavailable) {
            log.debug("dropped {} unread counts", taken.size(), unavailable);
            return;
        }
        taken.keySet().forEach(onRead);
    }

    private void count(Map<ReceiptKey, Long> taken) {
        long invalidations = mentions.invalidations();
        Map<String, UserSettings> settingsOf =
                settings.ofAll(taken.keySet().stream().map(ReceiptKey::userId).toList());
        List<ReceiptKey> keys = List.copyOf(taken.keySet());
        List<MentionCountQuery> queries = new ArrayList<>(keys.size());
        taken.forEach((key, readSeq) -> queries.add(new MentionCountQuery(
                key.userId(),
                key.conversationId(),
                settingsOf
                        .getOrDefault(key.userId(), UserSettings.NONE)
                        .in(key.conversationId())
                        .notUnread(readSeq))));
        List<Long> counts = store.countMentions(queries);
        for (int i = 0; i < keys.size(); i++) {
            Mentions counted = new Mentions(queries.get(i).afterSeq(), counts.get(i));
            mentions.putIfCurrent(keys.get(i), counted, invalidations);
        }
    }

    /** Forgets the number of mentions; called after a message that mentions the user was stored or deleted. */
    void forget(ReceiptKey key) {
        mentions.invalidate(key);
    }

    /** Forgets the numbers of mentions with matching keys. */
    void forgetAll(Predicate<ReceiptKey> keys) {
        mentions.invalidateIf(keys);
    }

    void close() {
        mentions.clear();
    }
}

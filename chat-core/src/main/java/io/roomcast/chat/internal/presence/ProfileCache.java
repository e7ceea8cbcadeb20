package io.roomcast.chat.internal.presence;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.model.UserProfile;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Caches what viewers see of users, and that there is no such user. Safe for use by any thread; never blocks.
 *
 * <p>A user who changed is not searched for among all viewers. Instead, each entry has the number of the changes before
 * its look-up, and is no longer valid if its user changed since.
 */
final class ProfileCache {
    /** How long a user is cached. */
    static final Duration LIFETIME = Duration.ofMinutes(5);

    /** How long it is cached that the directory does not know a user. */
    static final Duration ABSENCE_LIFETIME = Duration.ofSeconds(30);

    /** The most UTF-16 units of all cached users together. */
    private static final int MAX_LENGTH = 20_000_000;

    /** The length that an entry counts besides its texts. */
    private static final int ENTRY_LENGTH = 100;

    /** The most changed users that are remembered. */
    static final int MAX_CHANGES = 10_000;

    /** A user as a viewer sees it; the viewer is null if that does not matter. */
    record Key(@Nullable String viewerId, String userId) {}

    /** What the directory says: the user, or null if it does not know the user. */
    record Known(@Nullable UserProfile profile) {}

    private record Entry(Known known, long changesBefore) {
        private int length() {
            UserProfile profile = known.profile();
            return ENTRY_LENGTH + (profile == null ? 0 : lengthOf(profile));
        }

        private static int lengthOf(UserProfile profile) {
            return length(profile.name()) + length(profile.avatarUrl()) + length(profile.metadata());
        }

        private static int length(@Nullable String text) {
            return text == null ? 0 : text.length();
        }
    }

    private final TtlCache<Key, Entry> found;
    private final TtlCache<Key, Entry> absent;

    /** The number of the last change of each user. */
    @GuardedBy("this")
    private final Map<String, Long> changes = new HashMap<>();

    @GuardedBy("this")
    private long lastChange;

    /** The number of the last change of any user who is not among the changes. */
    @GuardedBy("this")
    private long forgotten;

    ProfileCache(Clock clock) {
        found = new TtlCache<>(clock, LIFETIME, MAX_LENGTH, Entry::length);
        absent = new TtlCache<>(clock, ABSENCE_LIFETIME, MAX_LENGTH, Entry::length);
    }

    /** Returns what is cached, or null if nothing is. */
    @Nullable
    Known getIfPresent(Key key) {
        Entry entry = found.getIfPresent(key);
        if (entry == null || !isCurrent(key, entry)) {
            entry = absent.getIfPresent(key);
        }
        return entry == null || !isCurrent(key, entry) ? null : entry.known();
    }

    private synchronized boolean isCurrent(Key key, Entry entry) {
        return entry.changesBefore() >= changes.getOrDefault(key.userId(), forgotten);
    }

    /** Returns the number of changes so far. Read it before a look-up, for {@link #put}. */
    synchronized long changes() {
        return lastChange;
    }

    /** Caches the result of a look-up. */
    void put(Key key, Known known, long changesBefore) {
        Entry entry = new Entry(known, changesBefore);
        (known.profile() == null ? absent : found).merge(key, entry, (older, newer) -> newer);
    }

    /** Invalidates a user as all viewers see it. */
    synchronized void invalidate(String userId) {
        if (changes.size() >= MAX_CHANGES) {
            clear();
        }
        changes.put(userId, ++lastChange);
    }

    /** Invalidates all users. */
    synchronized void clear() {
        forgotten = ++lastChange;
        changes.clear();
        found.clear();
        absent.clear();
    }

    /** Returns how many users and absences are held, including invalid ones. */
    int size() {
        return found.size() + absent.size();
    }
}

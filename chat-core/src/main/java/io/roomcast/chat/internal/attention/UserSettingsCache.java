package io.roomcast.chat.internal.attention;

import static java.util.Objects.requireNonNullElse;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.ParallelRunner;
import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.model.Privacy;
import io.roomcast.chat.model.UserSettings;
import io.roomcast.chat.spi.AttentionStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches users' settings, and that users have none. Safe for use by any thread.
 *
 * <p>Settings that another server changes are visible after at most {@link MembershipCache#LIFETIME}, and sooner if it
 * notifies this one.
 */
public final class UserSettingsCache {
    /** Receives the settings of a user. */
    @FunctionalInterface
    public interface Receiver {
        /** Called on a worker with the settings, or with null if the store failed; may block. */
        void accept(@Nullable UserSettings settings);
    }

    private static final Logger log = LoggerFactory.getLogger(UserSettingsCache.class);

    /** The maximum number of users and preferences in the cache. */
    private static final int MAX_WEIGHT = 500_000;

    /** The maximum number of users in one call of the store. */
    private static final int MAX_USERS = 1_000;

    private final TtlCache<String, UserSettings> known;
    private final AttentionStore store;
    private final ParallelRunner runner;

    /** The tasks that wait for users' settings. */
    @GuardedBy("waiting")
    private final Map<String, List<Receiver>> waiting = new LinkedHashMap<>();

    UserSettingsCache(AttentionStore store, ConversationLanes lanes, Clock clock) {
        this.store = store;
        this.known = new TtlCache<>(
                clock,
                MembershipCache.LIFETIME,
                MAX_WEIGHT,
                settings -> 1 + settings.preferences().size());
        this.runner = new ParallelRunner(1, lanes, this::nextRead, stopped -> failAll());
    }

    /** Returns the user's settings if they are cached; never blocks. */
    public @Nullable UserSettings ifKnown(String userId) {
        return known.getIfPresent(userId);
    }

    /** Returns the user's settings. Blocks for the store if they are not cached. */
    public UserSettings of(String userId) {
        UserSettings found = ifKnown(userId);
        return found == null ? load(List.of(userId)).getOrDefault(userId, UserSettings.NONE) : found;
    }

    /** Returns the user's privacy, or a privacy that hides all if the store fails. Blocks as {@link #of} does. */
    public Privacy privacyOf(String userId) {
        try {
            return of(userId).privacy();
        } catch (RuntimeException unavailable) {
            log.debug("could not read the privacy of a user", unavailable);
            return new Privacy(false, false, false);
        }
    }

    /** Returns the settings of all given users. Blocks for at most one call of the store for each 1,000 users. */
    public Map<String, UserSettings> ofAll(Collection<String> userIds) {
        Map<String, UserSettings> found = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String userId : userIds) {
            UserSettings cached = ifKnown(userId);
            if (cached == null) {
                unknown.add(userId);
            } else {
                found.put(userId, cached);
            }
        }
        List<String> distinct = unknown.stream().distinct().toList();
        for (int from = 0; from < distinct.size(); from += MAX_USERS) {
            found.putAll(load(distinct.subList(from, Math.min(distinct.size(), from + MAX_USERS))));
        }
        return found;
    }

    private Map<String, UserSettings> load(List<String> userIds) {
        long invalidations = known.invalidations();
        Map<String, UserSettings> stored = store.settings(userIds);
        Map<String, UserSettings> loaded = new HashMap<>();
        for (String userId : userIds) {
            UserSettings settings = requireNonNullElse(stored.get(userId), UserSettings.NONE);
            loaded.put(userId, settings);
            known.putIfCurrent(userId, settings, invalidations);
        }
        return loaded;
    }

    /**
     * Reads the user's settings together with those of other users; never blocks.
     *
     * @param then receives them
     */
    public void read(String userId, Receiver then) {
        synchronized (waiting) {
            waiting.computeIfAbsent(userId, id -> new ArrayList<>(1)).add(then);
        }
        runner.wake();
    }

    private @Nullable Runnable nextRead() {
        Map<String, List<Receiver>> taken = new LinkedHashMap<>();
        synchronized (waiting) {
            waiting.entrySet().stream().limit(MAX_USERS).forEach(entry -> taken.put(entry.getKey(), entry.getValue()));
            waiting.keySet().removeAll(taken.keySet());
        }
        return taken.isEmpty() ? null : () -> read(taken);
    }

    private void read(Map<String, List<Receiver>> taken) {
        Map<String, UserSettings> found = Map.of();
        try {
            found = ofAll(taken.keySet());
        } catch (Throwable unavailable) {
            log.debug("could not read the settings of {} users", taken.size(), unavailable);
        }
        for (Map.Entry<String, List<Receiver>> each : taken.entrySet()) {
            pass(each.getValue(), found.get(each.getKey()));
        }
    }

    private static void pass(List<Receiver> receivers, @Nullable UserSettings settings) {
        for (Receiver then : receivers) {
            try {
                then.accept(settings);
            } catch (Throwable failure) {
                log.debug("could not use the settings of a user", failure);
            }
        }
    }

    private void failAll() {
        List<List<Receiver>> left;
        synchronized (waiting) {
            left = List.copyOf(waiting.values());
            waiting.clear();
        }
        left.forEach(receivers -> pass(receivers, null));
    }

    /** Removes the user's settings; called after they have changed. */
    public void forget(String userId) {
        known.invalidate(userId);
    }

    /** Removes all settings. */
    public void close() {
        known.clear();
    }

    /** Returns the number of cached users. */
    int size() {
        return known.size();
    }
}

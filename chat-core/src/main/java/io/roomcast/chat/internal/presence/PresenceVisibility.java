package io.roomcast.chat.internal.presence;

import io.roomcast.chat.internal.execution.LookupCache;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.spi.ConversationStore;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whose presence a user may see: the user's own, and that of users in a common conversation. With open rooms, all
 * users see each other. Safe for use by any thread.
 *
 * <p>The store's answers are cached for {@link MembershipCache#LIFETIME}. So a conversation that another server ended for
 * one of the two users counts that much longer.
 */
public final class PresenceVisibility {
    /** Two users, in either order. */
    private record Pair(String first, String second) {
        private static Pair of(String one, String other) {
            return one.compareTo(other) <= 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    /** The pairs of users who see each other. */
    private final LookupCache<Pair, Boolean> pairs;

    private final ConversationStore store;
    private final boolean allVisible;

    /**
     * Creates an instance with an empty cache.
     *
     * @param allVisible whether all users see each other
     */
    public PresenceVisibility(ConversationStore store, Clock clock, boolean allVisible) {
        this.store = store;
        this.allVisible = allVisible;
        this.pairs = new LookupCache<>(
                clock,
                MembershipCache.LIFETIME,
                MembershipCache.ABSENCE_LIFETIME,
                pair -> store.sharing(pair.first(), List.of(pair.second())).isEmpty()
                        ? Optional.empty()
                        : Optional.of(true));
    }

    /** Returns those of the other users whom the user may see. They may see the user as well. May block. */
    public Set<String> visibleTo(String userId, Collection<String> others) {
        if (allVisible) {
            return Set.copyOf(others);
        }
        Map<Pair, String> wanted = new HashMap<>();
        others.forEach(other -> wanted.put(Pair.of(userId, other), other));
        wanted.remove(Pair.of(userId, userId));
        pairs.loadAll(wanted.keySet(), unknown -> load(userId, unknown, wanted));
        Set<String> visible = new HashSet<>(others);
        visible.removeIf(other ->
                !other.equals(userId) && pairs.get(Pair.of(userId, other)).isEmpty());
        return visible;
    }

    private Map<Pair, Boolean> load(String userId, List<Pair> unknown, Map<Pair, String> wanted) {
        Map<Pair, Boolean> loaded = new HashMap<>();
        store.sharing(userId, unknown.stream().map(wanted::get).toList())
                .forEach(other -> loaded.put(Pair.of(userId, other), true));
        return loaded;
    }

    /**
     * Returns whether the two users are known to see each other. Returns false as well if only the store could answer.
     * Never blocks.
     */
    boolean isKnownVisible(String userId, String other) {
        return allVisible || userId.equals(other) || pairs.isCached(Pair.of(userId, other));
    }

    /** Clears the cache because a membership has ended; called after the store has ended it. */
    public void invalidate() {
        pairs.clear();
    }

    int size() {
        return pairs.size();
    }
}

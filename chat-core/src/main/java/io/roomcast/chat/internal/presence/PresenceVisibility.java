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
 * Decides whose presence a user may see: their own, and that of users who share a conversation with them. Where rooms are
 * open everyone sees everyone. Safe for use by any thread.
 *
 * <p>The store's answers are kept as {@link MembershipCache} keeps its own: a conversation that another server ended for one
 * of the two counts for half a minute more.
 */
public final class PresenceVisibility {
    /** Two users, the same for either order. */
    private record Pair(String first, String second) {
        private static Pair of(String one, String other) {
            return one.compareTo(other) <= 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    private final LookupCache<Pair, Boolean> pairs;
    private final ConversationStore store;
    private final boolean everyone;

    /**
     * Knows nothing yet.
     *
     * @param everyone whether all users see each other
     */
    public PresenceVisibility(ConversationStore store, Clock clock, boolean everyone) {
        this.store = store;
        this.everyone = everyone;
        this.pairs = new LookupCache<>(
                clock,
                MembershipCache.LIFE,
                MembershipCache.LIFE_OF_ABSENCE,
                pair -> store.sharing(pair.first(), List.of(pair.second())).isEmpty()
                        ? Optional.empty()
                        : Optional.of(true));
    }

    /** Returns those of the others whom the user may see, and who may see the user; may block. */
    public Set<String> of(String userId, Collection<String> others) {
        if (everyone) {
            return Set.copyOf(others);
        }
        Map<Pair, String> asked = new HashMap<>();
        others.forEach(other -> asked.put(Pair.of(userId, other), other));
        asked.remove(Pair.of(userId, userId));
        pairs.learn(asked.keySet(), unknown -> sharing(userId, unknown, asked));
        Set<String> seen = new HashSet<>(others);
        seen.removeIf(other ->
                !other.equals(userId) && pairs.find(Pair.of(userId, other)).isEmpty());
        return seen;
    }

    private Map<Pair, Boolean> sharing(String userId, List<Pair> unknown, Map<Pair, String> asked) {
        Map<Pair, Boolean> found = new HashMap<>();
        store.sharing(userId, unknown.stream().map(asked::get).toList())
                .forEach(other -> found.put(Pair.of(userId, other), true));
        return found;
    }

    /**
     * Returns whether the two are known to see each other. Returns false as well if only the store could answer. Never
     * blocks.
     */
    boolean areKnown(String userId, String other) {
        return everyone || userId.equals(other) || pairs.isKnown(Pair.of(userId, other));
    }

    /** Forgets all answers as a membership has ended; to be called once the store has ended it. */
    public void forget() {
        pairs.clear();
    }

    int size() {
        return pairs.size();
    }
}

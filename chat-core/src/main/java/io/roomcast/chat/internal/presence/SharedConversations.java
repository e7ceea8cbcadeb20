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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Users of a common conversation see each other.
 *
 * <p>The store's answers are cached for {@link MembershipCache#LIFETIME}. So a conversation that another server ended for
 * one of the two users counts that much longer.
 */
final class SharedConversations implements PresenceVisibility {
    /** Two users, in either order. */
    private record Pair(String first, String second) {
        private static Pair of(String one, String other) {
            return one.compareTo(other) <= 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    /** The pairs of users who see each other. */
    private final LookupCache<Pair, Boolean> pairs;

    private final ConversationStore store;

    SharedConversations(ConversationStore store, Clock clock) {
        this.store = store;
        this.pairs = new LookupCache<>(
                clock,
                MembershipCache.LIFETIME,
                MembershipCache.ABSENCE_LIFETIME,
                pair -> store.sharing(pair.first(), List.of(pair.second())).isEmpty()
                        ? Optional.empty()
                        : Optional.of(true));
    }

    @Override
    public CompletionStage<Set<String>> seenBy(String viewerId, Collection<String> userIds) {
        return CompletableFuture.completedFuture(sharing(viewerId, userIds));
    }

    @Override
    public CompletionStage<Set<String>> viewersOf(String userId, Collection<String> viewerIds) {
        return seenBy(userId, viewerIds);
    }

    private Set<String> sharing(String userId, Collection<String> others) {
        Map<Pair, String> wanted = new HashMap<>();
        others.forEach(other -> wanted.put(Pair.of(userId, other), other));
        wanted.remove(Pair.of(userId, userId));
        pairs.loadAll(wanted.keySet(), unknown -> load(userId, unknown, wanted));
        Set<String> sharing = new HashSet<>(others);
        sharing.removeIf(other ->
                !other.equals(userId) && pairs.get(Pair.of(userId, other)).isEmpty());
        return sharing;
    }

    private Map<Pair, Boolean> load(String userId, List<Pair> unknown, Map<Pair, String> wanted) {
        Map<Pair, Boolean> loaded = new HashMap<>();
        store.sharing(userId, unknown.stream().map(wanted::get).toList())
                .forEach(other -> loaded.put(Pair.of(userId, other), true));
        return loaded;
    }

    @Override
    public boolean isKnown(String viewerId, String userId) {
        return viewerId.equals(userId) || pairs.isCached(Pair.of(viewerId, userId));
    }

    @Override
    public boolean includesRooms() {
        return true;
    }

    @Override
    public void invalidate() {
        pairs.clear();
    }
}

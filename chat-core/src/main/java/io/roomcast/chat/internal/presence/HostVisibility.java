package io.roomcast.chat.internal.presence;

import io.roomcast.chat.internal.execution.HostCaller;
import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.spi.PresencePolicy;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks the policy of the host, and caches its answers. Never blocks. */
final class HostVisibility implements PresenceVisibility {
    private static final int MAX_PAIRS = 100_000;

    private record Pair(String viewerId, String userId) {
        private boolean isSame() {
            return viewerId.equals(userId);
        }
    }

    private final TtlCache<Pair, Boolean> permitted;
    private final TtlCache<Pair, Boolean> refused;
    private final PresencePolicy policy;
    private final HostCaller port;

    HostVisibility(PresencePolicy policy, HostCaller port, Clock clock) {
        this.policy = policy;
        this.port = port;
        this.permitted = new TtlCache<>(clock, MembershipCache.LIFETIME, MAX_PAIRS, any -> 1);
        this.refused = new TtlCache<>(clock, MembershipCache.ABSENCE_LIFETIME, MAX_PAIRS, any -> 1);
    }

    @Override
    public CompletionStage<Set<String>> seenBy(String viewerId, Collection<String> userIds) {
        return visible(viewerId, pairs(userIds, userId -> new Pair(viewerId, userId)), Pair::userId);
    }

    @Override
    public CompletionStage<Set<String>> viewersOf(String userId, Collection<String> viewerIds) {
        return visible(userId, pairs(viewerIds, viewerId -> new Pair(viewerId, userId)), Pair::viewerId);
    }

    private static List<Pair> pairs(Collection<String> ids, Function<String, Pair> toPair) {
        return ids.stream().distinct().map(toPair).toList();
    }

    private CompletionStage<Set<String>> visible(String key, List<Pair> pairs, Function<Pair, String> id) {
        Set<Pair> seen = pairs.stream().filter(this::isKnown).collect(Collectors.toCollection(HashSet::new));
        List<Pair> unknown = pairs.stream()
                .filter(pair -> !seen.contains(pair) && refused.getIfPresent(pair) == null)
                .toList();
        CompletionStage<Set<Pair>> asked =
                unknown.isEmpty() ? CompletableFuture.completedFuture(Set.of()) : port.call(key, () -> ask(unknown));
        return asked.thenApply(found -> {
            seen.addAll(found);
            return seen.stream().map(id).collect(Collectors.toSet());
        });
    }

    /** Calls the policy, on a thread of the port. Caches each answer, so that a repeated request needs the rest only. */
    private Set<Pair> ask(List<Pair> pairs) {
        long permissionsBefore = permitted.invalidations();
        long refusalsBefore = refused.invalidations();
        Set<Pair> seen = new HashSet<>();
        for (Pair pair : pairs) {
            if (port.callOr(false, () -> policy.sees(pair.viewerId(), pair.userId()))) {
                seen.add(pair);
                permitted.putIfCurrent(pair, true, permissionsBefore);
            } else {
                refused.putIfCurrent(pair, true, refusalsBefore);
            }
        }
        return seen;
    }

    private boolean isKnown(Pair pair) {
        return pair.isSame() || permitted.getIfPresent(pair) != null;
    }

    @Override
    public boolean isKnown(String viewerId, String userId) {
        return isKnown(new Pair(viewerId, userId));
    }

    @Override
    public boolean includesRooms() {
        return false;
    }

    @Override
    public void invalidate() {
        permitted.clear();
        refused.clear();
    }
}

package io.roomcast.chat.internal.call;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.model.CallSummary;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a moment what has changed about calls, as those who join a room have read the store before, and the notices
 * of several servers may arrive in another order. Safe for use by any thread.
 */
final class RecentCalls {
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final int MAX_CALLS = 10_000;

    /** How long it is known where a call no longer rings; longer than it does. */
    private static final Duration QUIET = CallState.RING.multipliedBy(2);

    /** A call, or empty if it has ended. */
    private record Known(String callId, long revision, Optional<CallSummary> call) {
        /** Returns the later one of two. */
        private Known or(Known next) {
            return callId.equals(next.callId) && next.revision < revision ? this : next;
        }
    }

    private final TtlCache<String, Known> known;

    /** The users for whom calls no longer ring, by call. */
    private final TtlCache<String, Set<String>> silenced;

    private final TtlCache<String, Boolean> ended;

    RecentCalls(Clock clock) {
        known = new TtlCache<>(clock, LIFETIME, MAX_CALLS, call -> 1);
        silenced = new TtlCache<>(clock, QUIET, MAX_CALLS, users -> 1);
        ended = new TtlCache<>(clock, QUIET, MAX_CALLS, isEnded -> 1);
    }

    void add(CallNotice notice) {
        CallSummary summary = new CallSummary(notice.callId(), notice.media(), notice.peers(), notice.startedAt());
        Optional<CallSummary> call = notice.has(CallFact.Kind.ENDED) ? Optional.empty() : Optional.of(summary);
        if (call.isEmpty() || !hasEnded(notice.callId())) {
            known.merge(notice.conversationId(), new Known(notice.callId(), notice.revision(), call), Known::or);
        }
        notice.facts().forEach(fact -> add(fact, notice.callId()));
    }

    private void add(CallFact fact, String callId) {
        if (fact.kind() == CallFact.Kind.ENDED) {
            ended.merge(callId, true, (before, now) -> now);
        } else if (fact.kind() == CallFact.Kind.SILENCED) {
            silenced.merge(callId, Set.of(requireNonNull(fact.userId())), RecentCalls::union);
        }
    }

    private static Set<String> union(Set<String> before, Set<String> more) {
        Set<String> union = new HashSet<>(before);
        union.addAll(more);
        return union;
    }

    boolean hasEnded(String callId) {
        return ended.getIfPresent(callId) != null;
    }

    /** Returns false if it is known that the call no longer rings for the user. */
    boolean mayRing(String callId, String userId) {
        Set<String> users = silenced.getIfPresent(callId);
        return users == null || !users.contains(userId);
    }

    @Nullable
    CallSummary current(String conversationId, @Nullable CallSummary read) {
        Known found = known.getIfPresent(conversationId);
        if (found == null) {
            return read;
        }
        boolean isOfAnother = read != null && !read.callId().equals(found.callId());
        return isOfAnother ? read : found.call().orElse(null);
    }
}

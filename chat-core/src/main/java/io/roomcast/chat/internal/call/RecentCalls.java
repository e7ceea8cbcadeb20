package io.roomcast.chat.internal.call;

import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.model.CallSummary;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers for a moment what has changed about calls, as those who join a room have read the store before. */
final class RecentCalls {
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final int MAX_CALLS = 10_000;

    /** A call, or empty if it has ended. */
    private record Known(String callId, Optional<CallSummary> call) {}

    private final TtlCache<String, Known> known;

    RecentCalls(Clock clock) {
        known = new TtlCache<>(clock, LIFETIME, MAX_CALLS, call -> 1);
    }

    void add(CallNotice notice) {
        CallSummary summary = new CallSummary(notice.callId(), notice.media(), notice.peers(), notice.startedAt());
        Known now =
                new Known(notice.callId(), notice.has(CallFact.Kind.ENDED) ? Optional.empty() : Optional.of(summary));
        known.merge(notice.conversationId(), now, (before, after) -> after);
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

package io.roomcast.chat.internal.call;

import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.model.ChatException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Limits how often users start calls: six in a minute, three of them in a row, and none for ten minutes after three calls
 * of the user in a direct conversation that the other user did not answer. Counts on this server alone. Safe for use by any
 * thread.
 */
final class CallPace {
    static final int BURST = 3;
    static final Duration INTERVAL = Duration.ofSeconds(10);
    static final int MAX_UNANSWERED = 3;
    static final Duration UNANSWERED = Duration.ofMinutes(10);

    private static final int MAX_ENTRIES = 100_000;

    private record Pair(String userId, String conversationId) {}

    /** When a user may start the next call if only single ones were permitted. */
    private final TtlCache<String, Instant> starts;

    private final TtlCache<Pair, List<Instant>> unanswered;
    private final Clock clock;

    CallPace(Clock clock) {
        this.clock = clock;
        this.starts = new TtlCache<>(clock, INTERVAL.multipliedBy(BURST + 1L), MAX_ENTRIES, time -> 1);
        this.unanswered = new TtlCache<>(clock, UNANSWERED, MAX_ENTRIES, times -> 1);
    }

    /**
     * Takes a permit.
     *
     * @throws ChatException {@code rate_limited} if there is none
     */
    synchronized void take(String userId, String conversationId) {
        Instant now = clock.instant();
        List<Instant> failed = recent(new Pair(userId, conversationId), now);
        if (failed.size() >= MAX_UNANSWERED) {
            throw ChatException.rateLimited(Duration.between(now, failed.get(0).plus(UNANSWERED)));
        }
        Instant known = starts.getIfPresent(userId);
        Instant earliest = known == null || known.isBefore(now) ? now : known;
        Duration wait = Duration.between(now, earliest).minus(INTERVAL.multipliedBy(BURST - 1L));
        if (!wait.isNegative() && !wait.isZero()) {
            throw ChatException.rateLimited(wait);
        }
        starts.merge(userId, earliest.plus(INTERVAL), (before, after) -> after);
    }

    private List<Instant> recent(Pair pair, Instant now) {
        List<Instant> times = unanswered.getIfPresent(pair);
        return times == null
                ? List.of()
                : times.stream()
                        .filter(time -> time.plus(UNANSWERED).isAfter(now))
                        .toList();
    }

    /** Records that a direct call was not answered. */
    synchronized void unanswered(String userId, String conversationId) {
        Instant now = clock.instant();
        Pair pair = new Pair(userId, conversationId);
        List<Instant> times =
                Stream.concat(recent(pair, now).stream(), Stream.of(now)).toList();
        unanswered.merge(pair, times, (before, after) -> after);
    }

    /** Forgets the calls of a user in a conversation that were not answered, as one was. */
    synchronized void answered(String userId, String conversationId) {
        unanswered.merge(new Pair(userId, conversationId), List.of(), (before, after) -> after);
    }
}

package io.roomcast.chat.internal.host;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.spi.ChatFollower;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Calls a follower of the host. If one of its answers is missing or out of range, returns another one. As safe for use by
 * several threads as the follower.
 */
final class GuardedFollower implements ChatFollower {
    private static final Optional<Duration> AFTER_FAULT = Optional.of(Duration.ofSeconds(LAST_RETRY_SECONDS));
    private static final Duration LONGEST_DELAY = Duration.ofDays(365);

    private final ChatFollower follower;
    private final HostPort port;

    /**
     * Creates a guard.
     *
     * @param port logs what the follower throws in place of an answer
     */
    GuardedFollower(ChatFollower follower, HostPort port) {
        this.follower = follower;
        this.port = port;
    }

    @Override
    public void onEvents(String conversationId, List<ChatEvent> events) throws Exception {
        follower.onEvents(conversationId, events);
    }

    @Override
    public int maxEvents() {
        return Math.max(1, port.call(follower::maxEvents, DEFAULT_MAX_EVENTS));
    }

    @Override
    public Optional<Duration> retryAfter(Throwable failure, int attempts) {
        return port.call(() -> follower.retryAfter(failure, attempts), AFTER_FAULT)
                .map(GuardedFollower::bounded);
    }

    private static Duration bounded(Duration delay) {
        if (delay.isNegative()) {
            return Duration.ZERO;
        }
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }
}

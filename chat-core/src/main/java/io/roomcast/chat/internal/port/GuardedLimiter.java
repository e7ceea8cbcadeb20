package io.roomcast.chat.internal.port;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Rate;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Calls the host's rate limiter and corrects invalid results. Limits waits to one day, and refuses the command if the
 * limiter throws. Safe for use by any thread.
 */
final class GuardedLimiter implements RateLimiter {
    private static final Duration MAX_WAIT = Duration.ofDays(1);

    private final HostPort port = new HostPort("rate limiter");
    private final RateLimiter limiter;

    public GuardedLimiter(RateLimiter limiter) {
        this.limiter = limiter;
    }

    @Override
    public Duration acquire(String caller, Command<?> command) {
        Duration wait = ask(caller, command);
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
    }

    @Override
    public void forget(String caller) {
        port.run(() -> limiter.forget(caller));
    }

    /** Returns no rates if the host's limiter fails to name them. */
    @Override
    public List<Rate> rates() {
        return port.call(limiter::rates, List.of());
    }

    @Override
    public RateLimiter within(Limits limits) {
        return new GuardedLimiter(limiter.within(limits));
    }

    private Duration ask(String caller, Command<?> command) {
        try {
            return Objects.requireNonNull(limiter.acquire(caller, command), "wait");
        } catch (Throwable failure) {
            throw port.refusal(failure);
        }
    }
}

package io.roomcast.chat.internal;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Duration;
import java.util.Objects;

/** Holds callers to their rates; the host has none. */
final class RateGate {
    private final RateLimiter limiter;

    RateGate(RateLimiter limiter) {
        this.limiter = limiter;
    }

    void pass(Call call, Command<?> command) {
        if (call.session() instanceof HostSession) {
            return;
        }
        String caller = Objects.requireNonNullElse(call.userId(), call.session().id());
        Duration wait = limiter.acquire(caller, command);
        if (!wait.isZero()) {
            throw ChatException.rateLimited(wait);
        }
    }
}

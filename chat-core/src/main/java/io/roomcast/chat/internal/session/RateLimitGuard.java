package io.roomcast.chat.internal.session;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Duration;

/** Takes a permit from the rate limiter for each command of a client. The host is not limited. */
public final class RateLimitGuard {
    private final RateLimiter limiter;
    private final SessionLifecycle sessions;

    RateLimitGuard(RateLimiter limiter, SessionLifecycle sessions) {
        this.limiter = limiter;
        this.sessions = sessions;
    }

    /**
     * Takes a permit for a command. The permits are those of the session's user; an anonymous session has its own, as a
     * client could otherwise use up the permits of any user that it names.
     *
     * @throws ChatException {@link io.roomcast.chat.model.ErrorCode#RATE_LIMITED} if there is none; the session is closed
     *     after too many of these
     */
    public void acquire(CommandContext context, Command<?> command) {
        if (context.isHost()) {
            return;
        }
        Duration wait = tryAcquire(context.session(), command);
        if (!wait.isZero()) {
            sessions.recordRateViolation(context.session());
            throw ChatException.rateLimited(wait);
        }
    }

    private Duration tryAcquire(Session session, Command<?> command) {
        String caller = session.principal().knownUserId().orElse(session.id());
        Duration wait = limiter.acquire(caller, command);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /**
     * Takes a permit for work that the server does on its own for a session. Lacking one is no violation. A limiter that
     * fails does not delay the work.
     *
     * @return zero if a permit was taken, otherwise the time after which to try again
     */
    public Duration tryAcquireUnasked(Session session, Command<?> command) {
        try {
            return tryAcquire(session, command);
        } catch (ChatException failed) {
            return Duration.ZERO;
        }
    }
}

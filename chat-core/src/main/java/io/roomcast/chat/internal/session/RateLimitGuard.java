package io.roomcast.chat.internal.session;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.internal.room.HostSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Duration;

/** Holds callers to their rates; the host has none. */
public final class RateLimitGuard {
    private final RateLimiter limiter;
    private final SessionLifecycle sessions;

    public RateLimitGuard(RateLimiter limiter, SessionLifecycle sessions) {
        this.limiter = limiter;
        this.sessions = sessions;
    }

    /** Nobody is believed to be somebody else here: who could take another name would have another's permits. */
    public void pass(CommandContext call, Command<?> command) {
        if (call.session() instanceof HostSession) {
            return;
        }
        Session session = call.session();
        Duration wait = wait(session, command);
        if (!wait.isZero()) {
            sessions.refused(session);
            throw ChatException.rateLimited(wait);
        }
    }

    /** How long to wait before doing unasked what a session might ask; zero takes a permit, and a wait is no breach. */
    Duration wait(Session session, Command<?> command) {
        String caller = session.principal().knownUserId().orElse(session.id());
        Duration wait = limiter.acquire(caller, command);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** Takes a permit for work that the chat does on its own. A limiter that fails does not delay it. */
    public Duration waitUnasked(Session session, Command<?> command) {
        try {
            return wait(session, command);
        } catch (ChatException failed) {
            return Duration.ZERO;
        }
    }
}

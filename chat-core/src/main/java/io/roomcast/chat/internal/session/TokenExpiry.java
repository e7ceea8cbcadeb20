package io.roomcast.chat.internal.session;

import io.roomcast.chat.event.TokenExpiring;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Warns sessions whose token expires soon, and ends those that do not refresh it in time. Safe for use by any thread.
 *
 * <p>The expiry is the session's and changes with each refresh. Its principal stays the same.
 */
final class TokenExpiry {
    /** How long before the expiry a session is warned. */
    private static final Duration WARNING = Duration.ofSeconds(60);

    /** How long after the expiry a session without a new token ends. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    /** The longest timer. A shorter one notices sooner when the system's clock was set. */
    private static final Duration MAX_WAIT = Duration.ofHours(1);

    private final ConcurrentHashMap<Session, Lease> leases = new ConcurrentHashMap<>();
    private final RoomRegistry rooms;
    private final Publisher publisher;
    private final Clock clock;
    private final SafeScheduler scheduler;
    private final Consumer<Session> onExpired;

    /**
     * Creates an instance without sessions.
     *
     * @param onExpired ends a session; called by the scheduler's thread
     */
    TokenExpiry(
            RoomRegistry rooms,
            Publisher publisher,
            Clock clock,
            SafeScheduler scheduler,
            Consumer<Session> onExpired) {
        this.rooms = rooms;
        this.publisher = publisher;
        this.clock = clock;
        this.scheduler = scheduler;
        this.onExpired = onExpired;
    }

    /** Replaces the expiry of the session's token; null for a token that never expires. */
    void set(Session session, @Nullable Instant expiresAt) {
        if (expiresAt == null) {
            forget(session);
        } else {
            begin(new Lease(session, expiresAt));
        }
    }

    private void begin(Lease lease) {
        Lease replaced = leases.put(lease.session, lease);
        if (replaced != null) {
            replaced.cancel();
        }
        schedule(lease, Duration.ZERO);
        if (!rooms.isOpen(lease.session)) {
            forget(lease.session);
        }
    }

    /** Forgets a session that has ended. */
    void forget(Session session) {
        Lease lease = leases.remove(session);
        if (lease != null) {
            lease.cancel();
        }
    }

    /** Sets the timer first and checks then, as another thread may replace the lease meanwhile. */
    private void schedule(Lease lease, Duration wait) {
        lease.timer = scheduler.schedule(wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait, () -> check(lease));
        if (leases.get(lease.session) != lease) {
            lease.cancel();
        }
    }

    private void check(Lease lease) {
        if (leases.get(lease.session) != lease) {
            return;
        }
        Duration left = Duration.between(clock.instant(), lease.expiresAt);
        if (left.compareTo(WARNING) > 0) {
            schedule(lease, left.minus(WARNING));
        } else if (left.plus(GRACE).compareTo(Duration.ZERO) > 0) {
            warn(lease, left);
            schedule(lease, left.plus(GRACE));
        } else if (leases.remove(lease.session, lease)) {
            onExpired.accept(lease.session);
        }
    }

    private void warn(Lease lease, Duration left) {
        if (!lease.warned) {
            lease.warned = true;
            Duration in = left.isNegative() ? Duration.ZERO : left;
            publisher.send(new TokenExpiring(lease.expiresAt, in), new Audience.Sessions(List.of(lease.session)));
        }
    }

    /** Returns the number of sessions whose token expires. */
    int size() {
        return leases.size();
    }

    /** The time until one token of a session expires; used by one timer at a time. */
    private static final class Lease {
        private final Session session;
        private final Instant expiresAt;
        private boolean warned;

        @Nullable
        private volatile Future<?> timer;

        private Lease(Session session, Instant expiresAt) {
            this.session = session;
            this.expiresAt = expiresAt;
        }

        private void cancel() {
            Future<?> last = timer;
            if (last != null) {
                last.cancel(false);
            }
        }
    }
}

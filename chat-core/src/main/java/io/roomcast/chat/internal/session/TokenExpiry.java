package io.roomcast.chat.internal.session;

import io.roomcast.chat.event.TokenExpiring;
import io.roomcast.chat.internal.port.SafeScheduler;
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
 * Tells sessions that the proof of who they are ends soon, and ends those that bring no new one in time; safe for use by
 * any thread.
 *
 * <p>The end belongs to the session and may move; its principal stays who it is.
 */
final class TokenExpiry {
    private static final Duration NOTICE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(25);

    /** The clock is asked again after so long, as it may have been set. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final ConcurrentHashMap<Session, Term> terms = new ConcurrentHashMap<>();
    private final RoomRegistry rooms;
    private final Publisher publisher;
    private final Clock clock;
    private final SafeScheduler timers;
    private final Consumer<Session> whenOver;

    TokenExpiry(
            RoomRegistry rooms, Publisher publisher, Clock clock, SafeScheduler timers, Consumer<Session> whenOver) {
        this.rooms = rooms;
        this.publisher = publisher;
        this.clock = clock;
        this.timers = timers;
        this.whenOver = whenOver;
    }

    /** The session's proof ends at the given time, or never; whatever was said before is void. */
    void set(Session session, @Nullable Instant expiresAt) {
        if (expiresAt == null) {
            end(session);
        } else {
            begin(new Term(session, expiresAt));
        }
    }

    private void begin(Term term) {
        Term before = terms.put(term.session, term);
        if (before != null) {
            before.cancel();
        }
        plan(term, Duration.ZERO);
        if (!rooms.isOpen(term.session)) {
            end(term.session);
        }
    }

    /** The session is over. */
    void end(Session session) {
        Term term = terms.remove(session);
        if (term != null) {
            term.cancel();
        }
    }

    /** Looks first and cancels after, as somebody else may put another term in this one's place meanwhile. */
    private void plan(Term term, Duration wait) {
        term.timer = timers.schedule(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait, () -> look(term));
        if (terms.get(term.session) != term) {
            term.cancel();
        }
    }

    private void look(Term term) {
        if (terms.get(term.session) != term) {
            return;
        }
        Duration left = Duration.between(clock.instant(), term.expiresAt);
        if (left.compareTo(NOTICE) > 0) {
            plan(term, left.minus(NOTICE));
        } else if (left.plus(GRACE).compareTo(Duration.ZERO) > 0) {
            warn(term, left);
            plan(term, left.plus(GRACE));
        } else if (terms.remove(term.session, term)) {
            whenOver.accept(term.session);
        }
    }

    private void warn(Term term, Duration left) {
        if (!term.told) {
            term.told = true;
            Duration in = left.isNegative() ? Duration.ZERO : left;
            publisher.send(new TokenExpiring(term.expiresAt, in), new Audience.Sessions(List.of(term.session)));
        }
    }

    /** How many sessions will end unless they bring a new proof. */
    int size() {
        return terms.size();
    }

    /** One proof's time; looked at by one timer at a time. */
    private static final class Term {
        private final Session session;
        private final Instant expiresAt;
        private boolean told;

        @Nullable
        private volatile Future<?> timer;

        private Term(Session session, Instant expiresAt) {
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

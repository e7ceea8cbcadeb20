package io.roomcast.chat.internal.session;

import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.event.SessionRevoked.Reason;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.presence.PresenceTracker;
import io.roomcast.chat.internal.presence.TypingTracker;
import io.roomcast.chat.internal.presence.ViewingTracker;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Cluster;
import io.roomcast.chat.internal.room.JoinLeaveNotifier;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and closes sessions in all parts that hold state of them. Safe for use by any thread.
 *
 * <p>A session closes in the registry first. A part that adds state checks the registry afterwards. So a command that
 * runs while its session closes leaves no state behind.
 */
public final class SessionLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SessionLifecycle.class);

    /** Is called for each session; must not block. */
    public interface Observer {
        /** A session has opened. */
        void opened(Session session);

        /**
         * A session has closed.
         *
         * @param isRevoked whether the chat ended it, so that its client may not return
         */
        void closed(Session session, boolean isRevoked);
    }

    private static final Observer NONE = new Observer() {
        @Override
        public void opened(Session session) {}

        @Override
        public void closed(Session session, boolean isRevoked) {}
    };

    private final RoomRegistry rooms;
    private final TypingTracker typing;
    private final ViewingTracker viewing;
    private final JoinLeaveNotifier notifier;
    private final PresenceTracker presence;
    private final Publisher publisher;
    private final RecentRevocations revocations;
    private final TokenExpiry expiry;
    private final RateViolations violations;
    private volatile Consumer<String> openListener = userId -> {};
    private volatile Observer observer = NONE;
    private final SafeScheduler scheduler;
    private volatile boolean isMoving;

    SessionLifecycle(
            RoomRegistry rooms,
            TypingTracker typing,
            ViewingTracker viewing,
            JoinLeaveNotifier notifier,
            PresenceTracker presence,
            Publisher publisher,
            RecentRevocations revocations,
            Clock clock,
            SafeScheduler scheduler) {
        this.rooms = rooms;
        this.typing = typing;
        this.viewing = viewing;
        this.notifier = notifier;
        this.presence = presence;
        this.publisher = publisher;
        this.revocations = revocations;
        this.expiry =
                new TokenExpiry(rooms, publisher, clock, scheduler, session -> revoke(session, Reason.TOKEN_EXPIRED));
        this.scheduler = scheduler;
        this.violations = new RateViolations(rooms, clock);
    }

    /** Sets the listener that is called with the user of each session that opens. */
    void onOpen(Consumer<String> listener) {
        openListener = listener;
    }

    /** Sets the observer of all sessions. */
    public void observe(Observer sessions) {
        observer = sessions;
    }

    /** Opens a session, so that it may join rooms. Ends it immediately if its user was revoked meanwhile. */
    public void open(Session session) {
        rooms.open(session);
        presence.open(session);
        expiry.set(session, session.principal().expiresAt());
        log.debug("opened session {}", session.id());
        session.principal().knownUserId().ifPresent(openListener);
        observer.opened(session);
        // Checks this last, as an earlier revocation ended only the sessions that were open then.
        if (revocations.isRevoked(session.principal())) {
            revoke(session, Reason.REVOKED);
        }
    }

    /** Closes a session and removes all its state. Returns the rooms that it was in. */
    public Set<String> close(Session session) {
        return close(session, false);
    }

    private Set<String> close(Session session, boolean isRevoked) {
        Set<String> left = rooms.close(session);
        expiry.forget(session);
        violations.forget(session);
        typing.end(session);
        if (isMoving) {
            Future<?> unused = scheduler.schedule(Cluster.MOVE, () -> leave(session, left));
        } else {
            leave(session, left);
        }
        presence.end(session, left);
        observer.closed(session, isRevoked);
        log.debug("closed session {} in {} rooms", session.id(), left.size());
        return left;
    }

    private void leave(Session session, Set<String> left) {
        viewing.end(session);
        notifier.sessionEnded(session, left);
    }

    /** Notifies rooms of closed sessions only after the users had the time to connect to another node, from now on. */
    public void startMoving() {
        isMoving = true;
    }

    /** Replaces the expiry of the session's token after a refresh; null for a token that never expires. */
    public void renew(Session session, @Nullable Instant expiresAt) {
        expiry.set(session, expiresAt);
        log.debug("renewed the token of session {}", session.id());
    }

    /** Records that a session exceeded its rate. Ends the session if it did so too often. */
    void recordRateViolation(Session session) {
        if (violations.record(session)) {
            revoke(session, Reason.ABUSE);
        }
    }

    /** Ends all of a user's sessions, including those that are being authenticated now. */
    public void revoke(String userId) {
        revocations.revoke(userId);
        rooms.sessionsOf(userId).forEach(session -> revoke(session, Reason.REVOKED));
    }

    /**
     * Ends the sessions that the user had when another node revoked the user, some time ago. Returns whether there is one.
     */
    public boolean revoke(String userId, Duration ago) {
        revocations.revoke(userId, ago);
        List<Session> ended = rooms.sessionsOf(userId).stream()
                .filter(session -> !revocations.isAdmittedSince(session.principal()))
                .toList();
        ended.forEach(session -> revoke(session, Reason.REVOKED));
        return !ended.isEmpty();
    }

    /** Ends a session because its user has too many. */
    void endSurplus(Session session) {
        revoke(session, Reason.TOO_MANY_SESSIONS);
    }

    private void revoke(Session session, Reason reason) {
        log.debug("ending session {}: {}", session.id(), reason.wireName());
        close(session, true);
        publisher.send(new SessionRevoked(reason), new Audience.Sessions(List.of(session)));
        session.end();
    }

    /** Returns how many sessions have an expiring token, plus how many have exceeded their rate. */
    int size() {
        return expiry.size() + violations.size();
    }
}

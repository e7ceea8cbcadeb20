package io.roomcast.chat.internal.session;

import io.roomcast.chat.event.SessionRevoked;
import io.roomcast.chat.internal.port.SafeScheduler;
import io.roomcast.chat.internal.presence.PresenceTracker;
import io.roomcast.chat.internal.presence.TypingTracker;
import io.roomcast.chat.internal.presence.ViewingTracker;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.JoinLeaveNotifier;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends sessions in all that keeps something of them; safe for use by any thread.
 *
 * <p>A session ends in the registry first. Whoever keeps something looks there after noting it, so that a command that was
 * on its way when its session ended leaves nothing behind.
 */
public final class SessionLifecycle {
    private final RoomRegistry rooms;
    private final TypingTracker typing;
    private final ViewingTracker viewing;
    private final JoinLeaveNotifier attendance;
    private final PresenceTracker presence;
    private final Publisher publisher;
    private final RecentRevocations admissions;
    private final TokenExpiry expiry;
    private final RateViolations breaches;

    public SessionLifecycle(
            RoomRegistry rooms,
            TypingTracker typing,
            ViewingTracker viewing,
            JoinLeaveNotifier attendance,
            PresenceTracker presence,
            Publisher publisher,
            RecentRevocations admissions,
            Clock clock,
            SafeScheduler timers) {
        this.rooms = rooms;
        this.typing = typing;
        this.viewing = viewing;
        this.attendance = attendance;
        this.presence = presence;
        this.publisher = publisher;
        this.admissions = admissions;
        this.expiry =
                new TokenExpiry(rooms, publisher, clock, timers, session -> revoke(session, "token_expired", true));
        this.breaches = new RateViolations(rooms, clock);
    }

    public void open(Session session) {
        rooms.open(session);
        presence.open(session);
        expiry.set(session, session.principal().expiresAt());
        // Checks this last, as an earlier revocation ended only the sessions that were open then.
        if (admissions.isRevoked(session.principal())) {
            revoke(session, "revoked", false);
        }
    }

    /** Ends all that the session left open, and answers which rooms it was in. */
    public Set<String> close(Session session) {
        Set<String> left = rooms.close(session);
        expiry.end(session);
        breaches.end(session);
        typing.end(session);
        viewing.end(session);
        attendance.sessionEnded(session, left);
        presence.end(session, left);
        return left;
    }

    /** The session has a new proof of who it is, until the given time or for ever. */
    public void renew(Session session, @Nullable Instant expiresAt) {
        expiry.set(session, expiresAt);
    }

    /** The session asked too often, once more. */
    void refused(Session session) {
        if (breaches.note(session)) {
            revoke(session, "abuse", false);
        }
    }

    /** Ends all of a user's sessions, including those that are being authenticated now. */
    public void revoke(String userId) {
        admissions.revoke(userId);
        rooms.sessionsOf(userId).forEach(session -> revoke(session, "revoked", false));
    }

    private void revoke(Session session, String reason, boolean reconnect) {
        close(session);
        publisher.send(new SessionRevoked(reason, reconnect), new Audience.Sessions(List.of(session)));
        session.end();
    }

    /** How many sessions have an end or were refused something. */
    int size() {
        return expiry.size() + breaches.size();
    }
}

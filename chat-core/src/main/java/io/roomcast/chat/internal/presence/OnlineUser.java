package io.roomcast.chat.internal.presence;

import io.roomcast.chat.model.Presence.Status;
import io.roomcast.chat.model.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A user who is online, or in the grace period after the last session. Callers hold its monitor. */
final class OnlineUser {
    /** The least time between two presence events of a user. */
    private static final Duration QUIET_PERIOD = Duration.ofSeconds(1);

    /** When the user's last session ended, and the rooms that it was in. */
    record Departure(Instant at, Set<String> rooms) {}

    private final Map<Session, Status> sessions = new HashMap<>(2);
    private Status published;
    private Instant quietUntil = Instant.EPOCH;

    /** The timer that publishes a delayed status, or null. */
    @Nullable
    private Future<?> publication;

    @Nullable
    private Departure departure;

    /** The timer that ends the grace period, or null. */
    @Nullable
    private Future<?> grace;

    /** Whether the user went offline. A user who connects again gets a new object. */
    private boolean over;

    /**
     * Creates a user without sessions.
     *
     * @param published the status that was published last
     */
    OnlineUser(Status published) {
        this.published = published;
    }

    /** Adds a session, and ends the grace period. Returns false if the session was added before. */
    boolean add(Session session) {
        if (grace != null) {
            grace.cancel(false);
        }
        departure = null;
        return sessions.putIfAbsent(session, Status.ONLINE) == null;
    }

    /** Removes a session. Returns whether it was the last. */
    boolean remove(Session session) {
        return sessions.remove(session) != null && sessions.isEmpty();
    }

    void set(Session session, Status status) {
        sessions.replace(session, status);
    }

    /** Returns whether a session has reported that the user is away. */
    boolean isAway(Session session) {
        return sessions.get(session) == Status.AWAY;
    }

    /** Starts the grace period, during which the user's status stays the same. */
    void depart(Departure last, Future<?> timer) {
        departure = last;
        grace = timer;
    }

    /** Returns whether the user has not connected again since the departure. */
    boolean isGoneSince(Departure last) {
        return last.equals(departure) && !over;
    }

    /** Returns the status on this node: during the grace period, the one that was published last. */
    Status status() {
        if (sessions.isEmpty()) {
            return published;
        }
        return sessions.containsValue(Status.ONLINE) ? Status.ONLINE : Status.AWAY;
    }

    /** Returns whether a status differs from the one that was published last. */
    boolean isNew(Status status) {
        return status != published;
    }

    /** Returns the rest of the quiet period, or zero. A clock that was set back ends the period. */
    Duration quietPeriodAt(Instant now) {
        Duration rest = Duration.between(now, quietUntil);
        boolean wasSetBack = rest.compareTo(QUIET_PERIOD) > 0;
        return rest.isNegative() || wasSetBack ? Duration.ZERO : rest;
    }

    /**
     * Records that watchers receive a status now. Starts the quiet period, unless the user was offline until
     * now.
     */
    void published(Status status, Instant now) {
        quietUntil = published == Status.OFFLINE ? quietUntil : now.plus(QUIET_PERIOD);
        published = status;
    }

    /** Returns whether a timer will publish the status. */
    boolean isPublicationDelayed() {
        return publication != null;
    }

    /** Sets the timer that will publish the status, or null once it has fired. */
    void delayPublication(@Nullable Future<?> timer) {
        publication = timer;
    }

    Set<Session> sessions() {
        return sessions.keySet();
    }

    /**
     * Ends the grace period of a disconnected user. Returns the rooms to notify if the period was running, else empty.
     */
    Optional<Set<String>> forget() {
        if (departure == null || over) {
            return Optional.empty();
        }
        Set<String> rooms = departure.rooms();
        if (grace != null) {
            grace.cancel(false);
        }
        end();
        return Optional.of(rooms);
    }

    /** Records that the user is offline. */
    void end() {
        over = true;
        if (publication != null) {
            publication.cancel(false);
        }
    }

    boolean isOver() {
        return over;
    }
}

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

/** A user who is here, or went a moment ago; guarded by its own monitor. */
final class OnlineUser {
    /** The others hear of a user no more often. */
    private static final Duration PACE = Duration.ofSeconds(1);

    /** What is remembered of a user whose last session ended. */
    record Farewell(Instant at, Set<String> rooms) {}

    private final Map<Session, Status> sessions = new HashMap<>(2);
    private Status told = Status.OFFLINE;
    private Instant quietUntil = Instant.EPOCH;

    /** The timer that asks again for what is not told yet. */
    @Nullable
    private Future<?> reminder;

    @Nullable
    private Farewell farewell;

    @Nullable
    private Future<?> grace;

    /** Whether the user is gone, so that another object must stand for one who comes back. */
    private boolean over;

    /** A session began; false if it did before. */
    boolean add(Session session) {
        if (grace != null) {
            grace.cancel(false);
        }
        farewell = null;
        return sessions.putIfAbsent(session, Status.ONLINE) == null;
    }

    /** A session ended; true if it was the last. */
    boolean remove(Session session) {
        return sessions.remove(session) != null && sessions.isEmpty();
    }

    void set(Session session, Status status) {
        sessions.replace(session, status);
    }

    /** The user counts as being here until the timer ends that. */
    void leave(Farewell last, Future<?> timer) {
        farewell = last;
        grace = timer;
    }

    /** Whether nobody came back since. */
    boolean isGoneSince(Farewell last) {
        return last.equals(farewell) && !over;
    }

    /** What others see; one who went a moment ago is seen as before. */
    Status status() {
        if (sessions.isEmpty()) {
            return told;
        }
        return sessions.containsValue(Status.ONLINE) ? Status.ONLINE : Status.AWAY;
    }

    /** Whether others see something else than they were told. */
    boolean hasNews() {
        return status() != told;
    }

    /** How long the others are yet to be spared what is new. */
    Duration restAt(Instant now) {
        Duration rest = Duration.between(now, quietUntil);
        boolean wasSetBack = rest.compareTo(PACE) > 0;
        return rest.isNegative() || wasSetBack ? Duration.ZERO : rest;
    }

    /** The others are told now; that somebody came spares them nothing of what follows. */
    void tell(Instant now) {
        quietUntil = told == Status.OFFLINE ? quietUntil : now.plus(PACE);
        told = status();
    }

    /** Whether a timer is set for what is new. */
    boolean isWaiting() {
        return reminder != null;
    }

    /** A timer is set for what is new, or null as it is over. */
    void await(@Nullable Future<?> timer) {
        reminder = timer;
    }

    Set<Session> sessions() {
        return sessions.keySet();
    }

    /**
     * Ends the grace period of a disconnected user. Returns the rooms to notify if the period was running, else empty.
     */
    Optional<Set<String>> forget() {
        if (farewell == null || over) {
            return Optional.empty();
        }
        Set<String> rooms = farewell.rooms();
        if (grace != null) {
            grace.cancel(false);
        }
        end();
        return Optional.of(rooms);
    }

    void end() {
        over = true;
        if (reminder != null) {
            reminder.cancel(false);
        }
    }

    boolean isOver() {
        return over;
    }
}

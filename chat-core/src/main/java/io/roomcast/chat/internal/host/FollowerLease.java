package io.roomcast.chat.internal.host;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right of this server to pass a conversation's events to a follower. The store keeps it with the follower's
 * position, so a write of the position also renews it.
 *
 * <p>Safe for use by any thread. Methods that read or write the store block.
 */
final class FollowerLease {
    /** How long another server waits after the last renewal. */
    static final Duration DURATION = Duration.ofSeconds(20);

    /** A position is written at most once in this time. */
    static final Duration WRITE_INTERVAL = Duration.ofSeconds(1);

    private static final int MAX_ATTEMPTS = 3;

    /** The result of an attempt to acquire the lease. */
    enum Acquisition {
        HELD,
        /** The follower has handled all events that are known here. */
        HANDLED,
        /** Another server holds it. */
        ELSEWHERE,
        /** An earlier attempt failed, and the next one is not due yet. */
        NOT_DUE
    }

    private final FollowerParts parts;
    private final String conversationId;

    /** The state that this server has stored last; null if it is not known. */
    @Nullable
    @GuardedBy("this")
    private FollowerState stored;

    @GuardedBy("this")
    private boolean held;

    @GuardedBy("this")
    private Instant writtenAt = Instant.EPOCH;

    @GuardedBy("this")
    private Position handled = Position.START;

    FollowerLease(FollowerParts parts, String conversationId) {
        this.parts = parts;
        this.conversationId = conversationId;
    }

    synchronized boolean isHeld() {
        return held;
    }

    /** Returns the position up to which the events are handled. The lease must be held. */
    synchronized Position handled() {
        return handled;
    }

    /**
     * Acquires the lease unless another server holds it.
     *
     * @param known the highest position that is known here; if it is handled, the lease is not needed
     * @param always whether to acquire it although it may not be needed
     */
    synchronized Acquisition acquire(Position known, boolean always) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            FollowerState before = read();
            Acquisition refusal = before == null ? null : refusal(before, known, always);
            if (refusal != null) {
                return refusal;
            }
            if (take(before)) {
                return Acquisition.HELD;
            }
        }
        return Acquisition.ELSEWHERE;
    }

    private @Nullable FollowerState read() {
        List<FollowerState> found = parts.store().followerStates(parts.name(), List.of(conversationId));
        return found.isEmpty() ? null : found.get(0);
    }

    private @Nullable Acquisition refusal(FollowerState before, Position known, boolean always) {
        if (!always && FollowerParts.covers(before.position(), known)) {
            return Acquisition.HANDLED;
        }
        Instant dueAt = before.dueAt();
        boolean isFree =
                dueAt == null || !dueAt.isAfter(parts.now()) || parts.node().equals(before.owner());
        if (isFree) {
            return null;
        }
        return before.owner() == null ? Acquisition.NOT_DUE : Acquisition.ELSEWHERE;
    }

    @GuardedBy("this")
    private boolean take(@Nullable FollowerState before) {
        FollowerState known = before == null
                ? FollowerState.idle(parts.name(), conversationId, parts.firstPosition(conversationId))
                : before;
        held = write(before, known.leased(parts.node(), parts.now().plus(DURATION)));
        if (held && !isContinued(before)) {
            handled = known.position();
        }
        return held;
    }

    /**
     * Returns whether no other server has held the lease since this one did, so that the follower has handled more than is
     * stored: a write has failed.
     */
    @GuardedBy("this")
    private boolean isContinued(@Nullable FollowerState before) {
        return before != null
                && parts.node().equals(before.owner())
                && FollowerParts.covers(handled, before.position());
    }

    @GuardedBy("this")
    private boolean write(@Nullable FollowerState before, FollowerState after) {
        stored = null;
        if (parts.store().saveFollowerState(before, after)) {
            stored = after;
            writtenAt = parts.now();
            return true;
        }
        return false;
    }

    /** Records that the events up to a position are handled. Writes it unless the last write was a moment ago. */
    synchronized void moveTo(Position position) {
        handled = position;
        if (untilWrite().isZero()) {
            renew();
        }
    }

    /** Returns how long to wait before the next write of the position. */
    synchronized Duration untilWrite() {
        Duration passed = Duration.between(writtenAt, parts.now());
        boolean isDue = passed.isNegative() || passed.compareTo(WRITE_INTERVAL) >= 0;
        return isDue ? Duration.ZERO : WRITE_INTERVAL.minus(passed);
    }

    /**
     * Writes the position and renews the lease. If another server has taken it, or the store fails, it is no longer held.
     */
    synchronized void renew() {
        if (held) {
            FollowerState before = stored;
            FollowerState after = current().leased(parts.node(), parts.now().plus(DURATION));
            held = false;
            held = write(before, after);
        }
    }

    @GuardedBy("this")
    private FollowerState current() {
        FollowerState known = requireNonNull(stored);
        return known.position().equals(handled) ? known : known.movedTo(handled);
    }

    /**
     * Writes the position and gives up the lease.
     *
     * @param nextAt when any server may continue, or null if nothing is to do
     */
    synchronized void release(@Nullable Instant nextAt) {
        if (held) {
            held = false;
            boolean unused = write(stored, current().released(nextAt));
        }
    }

    /** Returns how often the events after the position failed, including once more now. */
    synchronized int attempts() {
        return held ? current().attempts() + 1 : 1;
    }

    /** Gives up the lease until the next attempt, because the follower has failed. */
    synchronized void releaseFailed(Instant nextAt) {
        if (held) {
            held = false;
            boolean unused = write(stored, current().failed().released(nextAt));
        }
    }
}

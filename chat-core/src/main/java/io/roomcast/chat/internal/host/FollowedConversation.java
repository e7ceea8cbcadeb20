package io.roomcast.chat.internal.host;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.internal.host.FollowerLease.Acquisition;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of one conversation to the follower, one call at a time. {@link Turn} says what follows a step.
 *
 * <p>{@link #step} is called by one thread at a time; the other methods by any thread.
 */
final class FollowedConversation {
    /** The most messages, and the most changes, that are read at a time. */
    static final int PAGE = 200;

    /** How many pages are handled before other conversations have their turn. */
    private static final int PAGES_PER_STEP = 10;

    /** The time after which a call of the follower is interrupted. */
    static final Duration CALL_LIMIT = Duration.ofMinutes(1);

    private static final Duration READ_INTERVAL = Duration.ofSeconds(20);
    private static final Duration PAUSE_ELSEWHERE = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_OUTAGE = Duration.ofSeconds(2);

    /**
     * What follows a step.
     *
     * @param kind whether there is another step
     * @param delay when the next step is due
     */
    record Turn(Kind kind, Duration delay) {
        /** Whether there is another step. */
        enum Kind {
            /** All is handled and written. */
            DONE,
            /** The next step is due after the delay, or as soon as there are events. */
            SETTLE,
            /** The next step is due after the delay, even if there are events. */
            RETRY,
            /** The follower gave up. */
            PAUSE
        }

        static final Turn DONE = new Turn(Kind.DONE, Duration.ZERO);

        private static Turn retry(Duration delay) {
            return new Turn(Kind.RETRY, delay);
        }
    }

    private final FollowerParts parts;
    private final String conversationId;
    private final FollowerLease lease;
    private final BooleanSupplier isStopping;
    private final PendingEvents pending = new PendingEvents();

    /** Whether the store may have events that are not known here. */
    private volatile boolean unread;

    /** Whether events that were known before a user was erased may contain what is erased. */
    private volatile boolean isStale;

    /** Whether a call was interrupted because the chat ends. */
    private volatile boolean isInterrupted;

    /** When the oldest event that is not handled became known, or null if there is none. */
    private volatile @Nullable Instant waitingSince;

    /** When the store was read, or the lease acquired. For the thread of a step. */
    private Instant readAt = Instant.EPOCH;

    @Nullable
    @GuardedBy("this")
    private Thread caller;

    @GuardedBy("this")
    private Instant calledAt = Instant.EPOCH;

    /**
     * Creates a conversation without events.
     *
     * @param isStopping whether a step is to end after the call in progress
     */
    FollowedConversation(FollowerParts parts, String conversationId, BooleanSupplier isStopping) {
        this.parts = parts;
        this.conversationId = conversationId;
        this.isStopping = isStopping;
        this.lease = new FollowerLease(parts, conversationId);
    }

    String conversationId() {
        return conversationId;
    }

    /** Adds an event about a message that this server has stored. */
    void add(ChatEvent event, Message message) {
        pending.add(event, message);
        startWaiting();
    }

    /** Has the events read from the store. */
    void markUnread() {
        unread = true;
        startWaiting();
    }

    /** Has all events after those of the call in progress read from the store, because a user was erased there. */
    void readAgain() {
        isStale = true;
    }

    private void startWaiting() {
        if (waitingSince == null) {
            waitingSince = parts.now();
        }
    }

    /** Records that all events that became known before a time are handled, unless more are to be read. */
    private void keepWaitingSince(Instant time) {
        if (!unread && waitingSince != null) {
            waitingSince = time;
        }
    }

    /** Returns when the oldest event that is not handled became known, or null if there is none. */
    @Nullable
    Instant waitingSince() {
        return waitingSince;
    }

    /** Handles what there is, and returns what follows. Blocks. */
    Turn step() {
        try {
            return lease.isHeld() ? handle() : acquire();
        } catch (Throwable outage) {
            parts.warnOfOutage(outage);
            pending.clear();
            unread = true;
            return Turn.retry(PAUSE_AFTER_OUTAGE);
        }
    }

    private Turn acquire() {
        Acquisition result = lease.acquire(pending.known(), unread);
        return switch (result) {
            case HELD -> {
                readAt = parts.now();
                yield handle();
            }
            case HANDLED, NOT_DUE -> {
                waitingSince = null;
                yield Turn.DONE;
            }
            case ELSEWHERE -> elsewhere();
        };
    }

    /** The other server may not know of the events that this one has stored. */
    private Turn elsewhere() {
        boolean isOnlyUnread = pending.known().equals(Position.START);
        unread = false;
        return isOnlyUnread ? Turn.DONE : Turn.retry(PAUSE_ELSEWHERE);
    }

    private Turn handle() {
        for (int page = 0; page < PAGES_PER_STEP && lease.isHeld() && !isStopping.getAsBoolean(); page++) {
            Instant takenAt = parts.now();
            PendingEvents.Batch batch = next();
            if (batch.end().equals(lease.handled())) {
                if (isReadNeeded()) {
                    unread = true;
                    continue;
                }
                return settle();
            }
            Throwable failure = handleParts(batch);
            if (failure != null) {
                return failed(failure);
            }
            keepWaitingSince(takenAt);
        }
        return new Turn(Turn.Kind.SETTLE, Duration.ZERO);
    }

    /** Returns the failure of the follower, or null if it has handled the batch. */
    private @Nullable Throwable handleParts(PendingEvents.Batch batch) {
        for (PendingEvents.Batch part : batch.parts(parts.handler().maxEvents(), lease.handled())) {
            if (isStopping.getAsBoolean() || isStale || !lease.isHeld()) {
                unread = true;
                return null;
            }
            Throwable failure = part.events().isEmpty() ? null : call(part.events());
            if (failure != null) {
                return failure;
            }
            lease.moveTo(part.end());
        }
        return null;
    }

    /**
     * Returns whether the store may have events of another server that were not reported here. A server that acquires
     * the lease for an event finds a gap before it, so only a lease that is held for long needs this.
     */
    private boolean isReadNeeded() {
        return !unread && Duration.between(readAt, parts.now()).compareTo(READ_INTERVAL) > 0;
    }

    private PendingEvents.Batch next() {
        if (isStale) {
            isStale = false;
            pending.clear();
            unread = true;
        }
        Position handled = lease.handled();
        PendingEvents.Batch batch = unread ? new PendingEvents.Batch(List.of(), handled) : pending.takeAfter(handled);
        boolean isRead = batch.end().equals(handled) && (unread || !FollowerParts.covers(handled, pending.known()));
        return isRead ? read(handled) : batch;
    }

    private PendingEvents.Batch read(Position after) {
        pending.clear();
        unread = false;
        readAt = parts.now();
        CatchUp page = parts.store()
                .catchUp(List.of(new CatchUpQuery(conversationId, after, PAGE)))
                .get(0);
        if (page.lost()) {
            return skip(after, page.covered());
        }
        unread = unread || page.hasMore();
        return PendingEvents.of(page, after);
    }

    /** Continues although the changes after a position, or all events, are no longer known. */
    private PendingEvents.Batch skip(Position after, Position head) {
        if (!head.equals(Position.START)) {
            parts.port().warn("missed changes that the store no longer has");
        }
        unread = true;
        return new PendingEvents.Batch(List.of(), new Position(Math.min(after.seq(), head.seq()), head.version()));
    }

    private @Nullable Throwable call(List<ChatEvent> events) {
        begin();
        try {
            parts.handler().onEvents(conversationId, events);
            return null;
        } catch (Throwable failure) {
            return failure;
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        caller = Thread.currentThread();
        calledAt = parts.now();
    }

    /** Clears an interruption after the end of the call, so that it does not reach the store. */
    private synchronized void end() {
        caller = null;
        boolean unused = Thread.interrupted();
    }

    /** Interrupts a call of the follower that takes too long, and renews the lease of one that takes long. Blocks. */
    void check() {
        synchronized (this) {
            if (caller == null) {
                return;
            }
            if (Duration.between(calledAt, parts.now()).compareTo(CALL_LIMIT) > 0) {
                parts.port().warn("did not return within " + CALL_LIMIT.toSeconds() + " s");
                caller.interrupt();
            }
        }
        renew();
    }

    private void renew() {
        try {
            lease.renew();
        } catch (Throwable outage) {
            parts.warnOfOutage(outage);
        }
    }

    /** Interrupts the call in progress, because the chat ends. */
    synchronized void interrupt() {
        if (caller != null) {
            isInterrupted = true;
            caller.interrupt();
        }
    }

    private Turn failed(Throwable failure) {
        pending.clear();
        unread = true;
        if (isInterrupted) {
            return Turn.DONE;
        }
        parts.port().warn("failed with " + HostPort.describe(failure));
        Optional<Duration> delay = parts.handler().retryAfter(failure, lease.attempts());
        Instant nextAt = parts.now().plus(delay.orElse(Duration.ZERO));
        lease.releaseFailed(nextAt);
        return delay.map(Turn::retry).orElseGet(() -> new Turn(Turn.Kind.PAUSE, Duration.ZERO));
    }

    /** Gives up the lease a moment after the last write, so that a lively conversation costs one write a second. */
    private Turn settle() {
        Duration wait = lease.untilWrite();
        waitingSince = null;
        if (!wait.isZero()) {
            return new Turn(Turn.Kind.SETTLE, wait);
        }
        lease.release(null);
        return Turn.DONE;
    }

    /** Gives up the lease, because the follower stops here. Another server continues, or this one later. Blocks. */
    void stop() {
        boolean isDone = FollowerParts.covers(lease.handled(), pending.known()) && !unread;
        try {
            lease.release(isDone ? null : parts.now());
        } catch (Throwable outage) {
            parts.warnOfOutage(outage);
        }
    }
}

package io.roomcast.chat.internal.host;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.host.FollowedConversation.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of conversations on the follower's threads, one step of a conversation at a time. Gathers the events of
 * a moment, so that many of them cost one step. One thread runs the steps of all conversations while they are quick, as
 * waking up a thread costs more than a quick step. Safe for use by any thread; never blocks.
 */
final class FollowerQueue {
    /** The most steps at a time. */
    static final int MAX_RUNNERS = 16;

    /** How long events are gathered. */
    private static final Duration GATHER = Duration.ofMillis(50);

    /** How long ago the last step of a conversation is at least when it ends. */
    private static final Duration LIVELY = Duration.ofMillis(500);

    /** How long a step waits for others before more threads help. */
    private static final Duration PATIENCE = Duration.ofMillis(10);

    /** Runs after a conversation's last step, or when its follower gives up. Must not block. */
    interface Listener {
        void done(FollowedConversation conversation);

        void gaveUp();
    }

    /** A conversation, and when its next step runs. */
    final class Slot {
        private final FollowedConversation conversation;

        @GuardedBy("this")
        private boolean queued;

        @GuardedBy("this")
        private boolean again;

        @GuardedBy("this")
        private boolean retrying;

        @GuardedBy("this")
        private boolean ended;

        @Nullable
        @GuardedBy("this")
        private Future<?> timer;

        @GuardedBy("this")
        private Instant stepAt = Instant.EPOCH;

        /** Whether a step is about to begin, which will find all events that are known by then. */
        private volatile boolean isComing;

        private Slot(FollowedConversation conversation) {
            this.conversation = conversation;
        }

        FollowedConversation conversation() {
            return conversation;
        }

        /**
         * Has a step run soon, unless the conversation waits for its next attempt. Returns false if its last step has run;
         * then a new slot is needed.
         */
        boolean wake() {
            return isComing || enqueueAgain();
        }

        private synchronized boolean enqueueAgain() {
            again = true;
            if (!queued && !retrying && !ended) {
                enqueue();
            }
            return !ended;
        }

        /** Has a step run soon in any case. */
        synchronized void wakeNow() {
            retrying = false;
            boolean unused = enqueueAgain();
        }

        @GuardedBy("this")
        private void enqueue() {
            queued = true;
            isComing = true;
            if (retrying) {
                retrying = false;
                cancelTimer();
            }
            gather(this);
        }

        /** Continues after the other conversations that are ready. This thread runs them. */
        @GuardedBy("this")
        private void enqueueReady() {
            queued = true;
            isComing = true;
            ready.add(this);
        }

        private void run() {
            synchronized (this) {
                isComing = false;
                again = false;
            }
            Turn turn = isStopped ? Turn.DONE : conversation.step();
            if (isStopped) {
                conversation.stop();
                turn = Turn.DONE;
            }
            follow(turn);
            if (turn.kind() == Turn.Kind.PAUSE) {
                listener.gaveUp();
            }
        }

        private synchronized void follow(Turn turn) {
            queued = false;
            switch (turn.kind()) {
                case DONE, PAUSE -> end();
                case SETTLE -> settle(turn.delay());
                case RETRY -> {
                    retrying = true;
                    cancelTimer();
                    timer = schedule(turn.delay(), this::expire);
                }
            }
        }

        @GuardedBy("this")
        private void end() {
            if (again && !isStopped) {
                enqueue();
            } else {
                ended = true;
                cancelTimer();
                listener.done(conversation);
            }
        }

        /** Keeps the timer of an earlier step: a lively conversation has many steps until it ends. */
        @GuardedBy("this")
        private void settle(Duration delay) {
            stepAt = parts.now();
            if (delay.isZero()) {
                enqueueReady();
            } else if (again) {
                enqueue();
            } else if (timer == null) {
                timer = schedule(delay, this::expire);
            }
        }

        @GuardedBy("this")
        private void cancelTimer() {
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
        }

        @GuardedBy("this")
        private boolean isLively() {
            Duration passed = Duration.between(stepAt, parts.now());
            return !passed.isNegative() && passed.compareTo(LIVELY) < 0;
        }

        private synchronized void expire() {
            timer = null;
            if (queued || ended) {
                return;
            }
            if (!retrying && isLively()) {
                timer = schedule(LIVELY, this::expire);
            } else {
                enqueue();
            }
        }
    }

    private final FollowerParts parts;
    private final Listener listener;
    private final Queue<Slot> gathered = new ConcurrentLinkedQueue<>();
    private final Queue<Slot> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean helpScheduled = new AtomicBoolean();
    private final AtomicInteger runners = new AtomicInteger();
    private volatile boolean isStopped;

    FollowerQueue(FollowerParts parts, Listener listener) {
        this.parts = parts;
        this.listener = listener;
    }

    /** Returns a slot for a conversation, without a step. */
    Slot slot(FollowedConversation conversation) {
        return new Slot(conversation);
    }

    private void gather(Slot slot) {
        gathered.add(slot);
        if (scheduled.compareAndSet(false, true)) {
            Future<?> unused = schedule(GATHER, this::runGathered);
        }
    }

    private Future<?> schedule(Duration delay, Runnable task) {
        return parts.scheduler().schedule(delay, task);
    }

    private void runGathered() {
        scheduled.set(false);
        makeReady();
        if (runners.compareAndSet(0, 1)) {
            startRunner();
        }
        scheduleHelp();
    }

    private void makeReady() {
        for (Slot slot = gathered.poll(); slot != null; slot = gathered.poll()) {
            ready.add(slot);
        }
    }

    /** Has more threads help if steps still wait a moment later. */
    private void scheduleHelp() {
        if (!ready.isEmpty() && helpScheduled.compareAndSet(false, true)) {
            Future<?> unused = schedule(PATIENCE, this::help);
        }
    }

    private void help() {
        helpScheduled.set(false);
        for (int waiting = ready.size(); waiting > 0 && tryAddRunner(); waiting--) {
            startRunner();
        }
    }

    private boolean tryAddRunner() {
        return runners.getAndUpdate(count -> Math.min(MAX_RUNNERS, count + 1)) < MAX_RUNNERS;
    }

    private void startRunner() {
        try {
            parts.threads().execute(this::runReady);
        } catch (RejectedExecutionException closed) {
            runners.decrementAndGet();
            ready.clear();
        }
    }

    private void runReady() {
        try {
            for (Slot slot = ready.poll(); slot != null; slot = ready.poll()) {
                slot.run();
            }
        } finally {
            runners.decrementAndGet();
            scheduleHelp();
        }
    }

    /** Returns whether steps end after the calls in progress. */
    boolean isStopped() {
        return isStopped;
    }

    /** Lets each conversation write its position and end, instead of its next step. */
    void stop(Iterable<Slot> slots) {
        isStopped = true;
        slots.forEach(Slot::wakeNow);
        makeReady();
        help();
    }

    /** Lets steps run again. */
    void resume() {
        isStopped = false;
    }
}

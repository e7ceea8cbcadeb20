package io.roomcast.chat.internal.host;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.host.FollowedConversation.Turn;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of conversations on the follower's threads, one step of a conversation at a time. Gathers the events of
 * a moment, so that many of them cost one step. Safe for use by any thread; never blocks.
 */
final class FollowerQueue {
    /** How long events are gathered. */
    private static final Duration GATHER = Duration.ofMillis(50);

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
        synchronized boolean wake() {
            again = true;
            if (!queued && !retrying && !ended) {
                enqueue();
            }
            return !ended;
        }

        /** Has a step run soon in any case. */
        synchronized void wakeNow() {
            retrying = false;
            boolean unused = wake();
        }

        @GuardedBy("this")
        private void enqueue() {
            queued = true;
            retrying = false;
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
            gather(this);
        }

        private void run() {
            synchronized (this) {
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
                    schedule(turn.delay());
                }
            }
        }

        @GuardedBy("this")
        private void end() {
            if (again && !isStopped) {
                enqueue();
            } else {
                ended = true;
                listener.done(conversation);
            }
        }

        @GuardedBy("this")
        private void settle(Duration delay) {
            if (again) {
                enqueue();
            } else {
                schedule(delay);
            }
        }

        @GuardedBy("this")
        private void schedule(Duration delay) {
            timer = FollowerQueue.this.schedule(delay, this::expire);
        }

        private synchronized void expire() {
            if (!queued && !ended) {
                enqueue();
            }
        }
    }

    private final FollowerParts parts;
    private final Listener listener;
    private final Queue<Slot> gathered = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
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
        try {
            for (Slot slot = gathered.poll(); slot != null; slot = gathered.poll()) {
                parts.threads().execute(slot::run);
            }
        } catch (RejectedExecutionException closed) {
            gathered.clear();
        }
    }

    /** Lets each conversation write its position and end, instead of its next step. */
    void stop(Iterable<Slot> slots) {
        isStopped = true;
        slots.forEach(slot -> {
            slot.conversation.stopSoon();
            slot.wakeNow();
        });
        runGathered();
    }

    /** Lets steps run again. */
    void resume() {
        isStopped = false;
    }
}

package io.roomcast.chat.internal.execution;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts work in progress. A caller can wait for all work that has begun by then, without waiting for work that begins
 * later. Safe for use by any thread; never blocks.
 */
public final class InFlight {
    private final AtomicReference<Phase> current =
            new AtomicReference<>(new Phase(CompletableFuture.completedFuture(null)));

    /** Records that work begins. The caller must {@linkplain Phase#end end} it exactly once. */
    public Phase begin() {
        Phase phase = current.get();
        while (!phase.tryEnter()) {
            phase = current.get();
        }
        return phase;
    }

    /** Returns a future that completes when all work that has begun by now has ended. */
    public CompletableFuture<Void> barrier() {
        Phase before = current.getAndUpdate(phase -> new Phase(phase.over));
        before.end();
        return before.over.copy();
    }

    /** All work that began between two calls of {@link #barrier}. */
    public static final class Phase {
        /** The work that has not ended, plus one until a {@link #barrier} closes the phase. */
        private final AtomicInteger count = new AtomicInteger(1);

        private final CompletableFuture<Void> empty = new CompletableFuture<>();

        /** Completes when this phase and all earlier ones are empty. */
        private final CompletableFuture<Void> over;

        private Phase(CompletableFuture<Void> before) {
            over = CompletableFuture.allOf(before, empty);
        }

        private boolean tryEnter() {
            return count.getAndUpdate(working -> working == 0 ? 0 : working + 1) > 0;
        }

        /** Records that one piece of work has ended. */
        public void end() {
            if (count.decrementAndGet() == 0) {
                empty.complete(null);
            }
        }
    }
}

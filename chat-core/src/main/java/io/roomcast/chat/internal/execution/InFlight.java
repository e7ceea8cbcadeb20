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

    /** Notes that work begins. The caller {@linkplain Phase#end ends} it exactly once. */
    public Phase begin() {
        Phase phase = current.get();
        while (!phase.enter()) {
            phase = current.get();
        }
        return phase;
    }

    /** Returns a future that completes when all work that has begun by now has ended. */
    public CompletableFuture<Void> settled() {
        Phase before = current.getAndUpdate(phase -> new Phase(phase.over));
        before.end();
        return before.over.copy();
    }

    /** All work that began between two calls of {@link #settled}. */
    public static final class Phase {
        /** One more than the work that has not ended, until the phase is left. */
        private final AtomicInteger count = new AtomicInteger(1);

        private final CompletableFuture<Void> empty = new CompletableFuture<>();
        private final CompletableFuture<Void> over;

        private Phase(CompletableFuture<Void> before) {
            over = CompletableFuture.allOf(before, empty);
        }

        private boolean enter() {
            return count.getAndUpdate(working -> working == 0 ? 0 : working + 1) > 0;
        }

        /** The work has ended. */
        public void end() {
            if (count.decrementAndGet() == 0) {
                empty.complete(null);
            }
        }
    }
}

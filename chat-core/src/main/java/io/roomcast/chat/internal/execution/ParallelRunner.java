package io.roomcast.chat.internal.execution;

import io.roomcast.chat.model.ChatException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs pieces of work on a few threads; safe for use by any thread.
 *
 * <p>After each piece a thread returns to the end of the workers' queue. So many pieces delay other work by no more
 * than a few of them.
 */
public final class ParallelRunner {
    private final int most;
    private final ConversationLanes lanes;
    private final Supplier<@Nullable Runnable> next;
    private final Consumer<ChatException> onStop;
    private int running;

    /**
     * Creates an idle instance.
     *
     * @param most the most threads that work at once
     * @param next returns the next piece, or null if there is none; called with a lock held
     * @param onStop gets the reason when no thread works any more while pieces may wait
     */
    public ParallelRunner(
            int most, ConversationLanes lanes, Supplier<@Nullable Runnable> next, Consumer<ChatException> onStop) {
        this.most = most;
        this.lanes = lanes;
        this.next = next;
        this.onStop = onStop;
    }

    /** Notes that another piece is available; called after it was added. */
    public void wake() {
        if (takesThread()) {
            work();
        }
    }

    private synchronized boolean takesThread() {
        boolean takes = running < most;
        running += takes ? 1 : 0;
        return takes;
    }

    private void work() {
        try {
            lanes.forJoins(this::workOnce);
        } catch (ChatException stopped) {
            end();
            onStop.accept(stopped);
        }
    }

    private synchronized void end() {
        running--;
    }

    private void workOnce() {
        Runnable piece = take();
        if (piece == null) {
            return;
        }
        try {
            piece.run();
        } finally {
            work();
        }
    }

    private synchronized @Nullable Runnable take() {
        Runnable piece = next.get();
        running -= piece == null ? 1 : 0;
        return piece;
    }
}

package io.roomcast.chat.internal;

import io.roomcast.chat.model.ChatException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that a few threads do piece by piece; safe for use by any thread.
 *
 * <p>After each piece a thread goes behind all else that the workers have to do, so that a crowd of pieces delays nobody
 * by more than a few of them.
 */
final class Pieces {
    private final int most;
    private final ConversationLanes lanes;
    private final Supplier<@Nullable Runnable> next;
    private final Consumer<ChatException> onStop;
    private int running;

    /**
     * Work that nobody does yet.
     *
     * @param most how many threads work at once
     * @param next the next piece, or null if there is none; called with a lock held
     * @param onStop takes why no thread works any more while pieces may wait
     */
    Pieces(int most, ConversationLanes lanes, Supplier<@Nullable Runnable> next, Consumer<ChatException> onStop) {
        this.most = most;
        this.lanes = lanes;
        this.next = next;
        this.onStop = onStop;
    }

    /** There is another piece; called after it was added. */
    void wake() {
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

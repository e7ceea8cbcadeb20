package io.roomcast.chat.internal.port;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call of a port that may block. It completes once: with the call's result, or with the expiry of its time. */
final class PortCall<T> implements Runnable {
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final Runnable whenBack;

    @Nullable
    private Callable<T> call;

    private boolean begun;
    private boolean over;

    /**
     * Creates a call that has not begun.
     *
     * @param whenBack runs when the call returns after its time was over
     */
    PortCall(Callable<T> call, Runnable whenBack) {
        this.call = call;
        this.whenBack = whenBack;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    @Override
    public void run() {
        Callable<T> begins = begin();
        if (begins == null) {
            return;
        }
        try {
            T result = begins.call();
            if (finish()) {
                answer.complete(result);
            }
        } catch (Throwable failure) {
            if (finish()) {
                answer.completeExceptionally(failure);
            }
        }
    }

    private synchronized @Nullable Callable<T> begin() {
        begun = !over;
        return over ? null : call;
    }

    private boolean finish() {
        boolean inTime = returned();
        if (!inTime) {
            whenBack.run();
        }
        return inTime;
    }

    private synchronized boolean returned() {
        boolean inTime = !over;
        over = true;
        call = null;
        return inTime;
    }

    /** Ends the call's time, unless it has returned; the caller then fails the answer. */
    synchronized Expiry expire() {
        if (over) {
            return Expiry.RETURNED;
        }
        over = true;
        call = null;
        return begun ? Expiry.HANGS : Expiry.WAITS;
    }

    /** The state of a call when its time is over. */
    enum Expiry {
        /** The call has returned. */
        RETURNED,
        /** The call has not begun, and never will. */
        WAITS,
        /** The call has begun and not returned. */
        HANGS
    }
}

package io.roomcast.chat.internal.port;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call of a port. It completes once: with the call's result, or with a timeout. Safe for use by several threads. */
final class PortCall<T> implements Runnable {
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final Runnable onLateReturn;

    @Nullable
    @GuardedBy("this")
    private Callable<T> call;

    @GuardedBy("this")
    private boolean started;

    @GuardedBy("this")
    private boolean over;

    /**
     * Creates a call that has not started.
     *
     * @param onLateReturn runs if the call returns after its timeout
     */
    PortCall(Callable<T> call, Runnable onLateReturn) {
        this.call = call;
        this.onLateReturn = onLateReturn;
    }

    /** Returns the future result. */
    CompletableFuture<T> answer() {
        return answer;
    }

    @Override
    public void run() {
        Callable<T> started = start();
        if (started == null) {
            return;
        }
        try {
            T result = started.call();
            if (finish()) {
                answer.complete(result);
            }
        } catch (Throwable failure) {
            if (finish()) {
                answer.completeExceptionally(failure);
            }
        }
    }

    private synchronized @Nullable Callable<T> start() {
        started = !over;
        return over ? null : call;
    }

    private boolean finish() {
        boolean inTime = returned();
        if (!inTime) {
            onLateReturn.run();
        }
        return inTime;
    }

    private synchronized boolean returned() {
        boolean inTime = !over;
        over = true;
        call = null;
        return inTime;
    }

    /** Times the call out unless it has returned. The caller then fails the answer. */
    synchronized Expiry expire() {
        if (over) {
            return Expiry.RETURNED;
        }
        over = true;
        call = null;
        return started ? Expiry.HANGS : Expiry.WAITS;
    }

    /** The state of a call at its timeout. */
    enum Expiry {
        /** The call has returned. */
        RETURNED,
        /** The call has not started, and never will. */
        WAITS,
        /** The call has started and not returned. */
        HANGS
    }
}

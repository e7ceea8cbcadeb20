package io.roomcast.chat.internal.push;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of a notifier. It has one result, also if it hangs or throws. */
final class PushCall {
    /** The time after which a call is interrupted. */
    static final Duration LIMIT = Duration.ofSeconds(15);

    private final AtomicBoolean hasResult = new AtomicBoolean();
    private final HostPort port;
    private final Executor workers;
    private final Consumer<PushResult> receiver;

    @Nullable
    @GuardedBy("this")
    private Thread caller;

    /**
     * Creates a call that has not begun.
     *
     * @param port logs failures
     * @param workers passes on the result of a call that hangs
     * @param receiver receives the result once; may block
     */
    PushCall(HostPort port, Executor workers, Consumer<PushResult> receiver) {
        this.port = port;
        this.workers = workers;
        this.receiver = receiver;
    }

    /** Calls the notifier on this thread. */
    void run(PushNotifier notifier, PushDelivery delivery, SafeScheduler scheduler) {
        begin();
        Future<?> timer = scheduler.schedule(LIMIT, this::expire);
        PushResult result = PushResult.later();
        try {
            PushResult answer = notifier.send(delivery.device(), delivery.message());
            result = answer == null ? result : answer;
        } catch (Throwable failure) {
            port.warn("failed with " + HostPort.describe(failure));
        } finally {
            timer.cancel(false);
            end();
        }
        if (hasResult.compareAndSet(false, true)) {
            receiver.accept(result);
        }
    }

    private synchronized void begin() {
        caller = Thread.currentThread();
    }

    /** Clears an interruption after the end of the call, so that it does not reach the store. */
    private synchronized void end() {
        caller = null;
        boolean unused = Thread.interrupted();
    }

    private void expire() {
        synchronized (this) {
            if (caller == null) {
                return;
            }
            caller.interrupt();
        }
        port.warn("did not return within " + LIMIT.toSeconds() + " s");
        if (hasResult.compareAndSet(false, true)) {
            try {
                workers.execute(() -> receiver.accept(PushResult.later()));
            } catch (RejectedExecutionException closed) {
                // Another server sends what is stored.
            }
        }
    }
}

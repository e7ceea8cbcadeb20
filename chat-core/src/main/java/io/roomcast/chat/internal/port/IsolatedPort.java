package io.roomcast.chat.internal.port;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Calls a port of the host that may block. The port has its own threads, bounded queue and time limit, so that it
 * delays only its own callers. Safe for use by any thread; never blocks the caller.
 */
public final class IsolatedPort implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Calls for the same thing that may hang at once; more are refused, so that one thing does not use up all threads. */
    private static final int HANGING_PER_KEY = 2;

    private final Map<String, Integer> hanging = new ConcurrentHashMap<>();
    private final HostPort port;
    private final PortThreads threads;
    private final Duration limit;
    private final SafeScheduler timers;

    /**
     * Creates a port without calls.
     *
     * @param name the port's name in the log, such as "access policy"
     * @param most the most calls that may run at once
     * @param limit the time limit of a call, including the wait for a thread
     */
    IsolatedPort(String name, int most, Duration limit, SafeScheduler timers) {
        this.port = new HostPort(name);
        this.threads = new PortThreads("roomcast-" + name.replace(' ', '-'), most, timers);
        this.limit = limit;
        this.timers = timers;
    }

    /** Returns the port that logs failures. */
    public HostPort port() {
        return port;
    }

    /**
     * Asks the port. The answer fails with a {@link ChatException}: {@link ErrorCode#TIMEOUT} when the time is over, {@link
     * ErrorCode#RATE_LIMITED} where too many calls wait, or else what {@link HostPort#refusal} makes of the failure. It
     * completes on a thread of the port's or of the timers', where nothing may block.
     *
     * @param key what the call is about, whose calls are refused unasked while earlier ones hang; null for nothing in
     *     particular
     */
    public <T> CompletionStage<T> call(@Nullable String key, Callable<T> call) {
        if (key != null && hanging.getOrDefault(key, 0) >= HANGING_PER_KEY) {
            return CompletableFuture.failedStage(late());
        }
        PortCall<T> asked = new PortCall<>(() -> guarded(call), () -> back(key));
        try {
            begin(key, asked);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedStage(full());
        }
        return asked.answer();
    }

    private ChatException full() {
        if (threads.isClosed()) {
            return ChatException.of(ErrorCode.SERVER_DRAINING);
        }
        port.note("is asked too often: its queue is full");
        return ChatException.rateLimited(RETRY_AFTER);
    }

    private <T> T guarded(Callable<T> call) {
        try {
            return call.call();
        } catch (Throwable failure) {
            throw port.refusal(failure);
        }
    }

    private <T> void begin(@Nullable String key, PortCall<T> asked) {
        Future<?> running = threads.submit(asked);
        CompletionStage<T> answer = asked.answer();
        if (!asked.answer().isDone()) {
            Future<?> timer = timers.schedule(limit, () -> expire(key, asked, running));
            answer.whenComplete((result, failure) -> timer.cancel(false));
        }
    }

    /** Counts the call as hanging first, so that a call that returns meanwhile is still subtracted. */
    private void expire(@Nullable String key, PortCall<?> asked, Future<?> running) {
        if (key != null) {
            hanging.merge(key, 1, Integer::sum);
        }
        PortCall.Expiry expiry = asked.expire();
        if (expiry != PortCall.Expiry.HANGS) {
            back(key);
        }
        if (expiry != PortCall.Expiry.RETURNED) {
            running.cancel(true);
            port.note("had not answered after " + limit.toMillis() + " ms");
            asked.answer().completeExceptionally(late());
        }
    }

    private void back(@Nullable String key) {
        if (key != null) {
            hanging.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    private static ChatException late() {
        return ChatException.of(ErrorCode.TIMEOUT);
    }

    /** Lets running calls finish, without waiting for them. */
    @Override
    public void close() {
        threads.close();
    }
}

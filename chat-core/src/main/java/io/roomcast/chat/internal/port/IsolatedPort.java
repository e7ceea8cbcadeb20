package io.roomcast.chat.internal.port;

import io.roomcast.chat.internal.execution.HostCaller;
import io.roomcast.chat.internal.execution.KeyTurns;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls a host port that may block. Each port has its own threads, bounded queue and time limit, so that it delays only
 * its own callers. Safe for use by any thread; never blocks the caller.
 */
public final class IsolatedPort implements HostCaller, AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** The most calls with one key that may hang. Further ones are refused, so that one key cannot use up all threads. */
    private static final int MAX_HANGING_PER_KEY = 2;

    /** The number of calls that hang, by key. */
    private final Map<String, Integer> hanging = new ConcurrentHashMap<>();

    private final HostPort port;
    private final PortThreads threads;

    @Nullable
    private final KeyTurns turns;

    private final Duration limit;
    private final SafeScheduler scheduler;

    /**
     * Creates a port without calls.
     *
     * @param name the port's name in the log, such as "access policy"
     * @param maxThreads the most calls that may run at the same time
     * @param limit the time limit of a call, including the wait for a thread
     */
    IsolatedPort(String name, int maxThreads, Duration limit, SafeScheduler scheduler) {
        this(name, maxThreads, maxThreads, limit, scheduler);
    }

    /**
     * Creates a port without calls, for long ones: a key may have fewer of them at the same time than there are threads.
     *
     * @param maxPerKey the most calls with the same key that may run at the same time; further ones wait
     */
    IsolatedPort(String name, int maxThreads, int maxPerKey, Duration limit, SafeScheduler scheduler) {
        this.port = new HostPort(name);
        this.threads = new PortThreads("roomcast-" + name.replace(' ', '-'), maxThreads, scheduler);
        this.turns = maxPerKey < maxThreads ? new KeyTurns(maxPerKey, threads) : null;
        this.limit = limit;
        this.scheduler = scheduler;
    }

    /** Returns the port that logs failures. */
    public HostPort port() {
        return port;
    }

    /**
     * Calls the port, and returns the future result. It completes on one of the port's threads or a timer's thread, where
     * nothing may block.
     *
     * <p>It fails with a {@link ChatException}: {@link ErrorCode#TIMEOUT} after the time limit, {@link
     * ErrorCode#RATE_LIMITED} if too many calls wait, {@link ErrorCode#SERVER_DRAINING} after {@link #close}, or the
     * {@link HostPort#refusal} of the call's failure.
     *
     * @param key groups calls, such as a user's id: a group's calls fail immediately while earlier ones hang; null for no
     *     group
     */
    @Override
    public <T> CompletionStage<T> call(@Nullable String key, Callable<T> task) {
        if (key != null && hanging.getOrDefault(key, 0) >= MAX_HANGING_PER_KEY) {
            return CompletableFuture.failedFuture(timeout());
        }
        PortCall<T> call = new PortCall<>(() -> guarded(task), () -> countReturned(key));
        begin(key, call);
        return call.answer();
    }

    /**
     * As {@link #call}, for a task that returns a stage. The time limit applies once more, until the stage completes. The
     * result may also complete on the thread that completes the stage.
     */
    public <T> CompletionStage<T> callAsync(@Nullable String key, Callable<? extends CompletionStage<T>> task) {
        return call(key, () -> (CompletionStage<T>) task.call()).thenCompose(this::bounded);
    }

    private <T> CompletionStage<T> bounded(CompletionStage<T> stage) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        stage.whenComplete((result, failure) -> {
            if (failure == null) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(port.refusal(failure));
            }
        });
        if (!answer.isDone()) {
            Future<?> timer = scheduler.schedule(limit, () -> expire(answer));
            CompletionStage<?> ignored = answer.whenComplete((result, failure) -> timer.cancel(false));
        }
        return answer;
    }

    private void expire(CompletableFuture<?> answer) {
        if (answer.completeExceptionally(timeout())) {
            port.warn("did not complete its result within " + limit.toMillis() + " ms");
        }
    }

    @Override
    public <T> T callOr(T fallback, Supplier<? extends @Nullable T> part) {
        return port.call(part, fallback);
    }

    @Override
    public void warn(String what) {
        port.warn(what);
    }

    private ChatException rejection() {
        if (threads.isClosed()) {
            return ChatException.of(ErrorCode.SERVER_DRAINING);
        }
        port.warn("rejected a call: its queue is full");
        return ChatException.rateLimited(RETRY_AFTER);
    }

    private <T> T guarded(Callable<T> task) {
        try {
            return task.call();
        } catch (Throwable failure) {
            throw port.refusal(failure);
        }
    }

    private <T> void begin(@Nullable String key, PortCall<T> call) {
        FutureTask<?> running = new FutureTask<>(call, null);
        execute(key, running, () -> call.answer().completeExceptionally(rejection()));
        CompletionStage<T> answer = call.answer();
        if (!call.answer().isDone()) {
            Future<?> timer = scheduler.schedule(limit, () -> expire(key, call, running));
            answer.whenComplete((result, failure) -> timer.cancel(false));
        }
    }

    private void execute(@Nullable String key, Runnable task, Runnable onRejection) {
        if (key != null && turns != null) {
            turns.execute(key, task, onRejection);
            return;
        }
        try {
            threads.execute(task);
        } catch (RejectedExecutionException full) {
            onRejection.run();
        }
    }

    /** Counts the call as hanging first, so that it is subtracted even if it returns at the same time. */
    private void expire(@Nullable String key, PortCall<?> call, Future<?> running) {
        if (key != null) {
            hanging.merge(key, 1, Integer::sum);
        }
        PortCall.Expiry expiry = call.expire();
        if (expiry != PortCall.Expiry.HANGS) {
            countReturned(key);
        }
        if (expiry != PortCall.Expiry.RETURNED) {
            running.cancel(true);
            port.warn("did not return within " + limit.toMillis() + " ms");
            call.answer().completeExceptionally(timeout());
        }
    }

    private void countReturned(@Nullable String key) {
        if (key != null) {
            hanging.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    private static ChatException timeout() {
        return ChatException.of(ErrorCode.TIMEOUT);
    }

    /** Rejects further calls. Accepted ones still run; does not wait for them. */
    @Override
    public void close() {
        threads.close();
    }
}

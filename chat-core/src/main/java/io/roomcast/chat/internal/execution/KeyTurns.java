package io.roomcast.chat.internal.execution;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many calls with the same key run at the same time, so that one key cannot use up all threads. Further calls of
 * the key wait for the end of an earlier one. Safe for use by any thread.
 */
public final class KeyTurns {
    /** The most calls with the same key that may wait: {@value}. */
    public static final int MAX_WAITING = 100;

    private final int maxPerKey;
    private final Executor threads;

    @GuardedBy("this")
    private final Map<String, Calls> byKey = new HashMap<>();

    /** The calls of one key. */
    private static final class Calls {
        private final Queue<Call> waiting = new ArrayDeque<>();
        private int running;
    }

    private record Call(Runnable task, Runnable onRejection) {}

    /**
     * Creates turns without calls.
     *
     * @param maxPerKey the most calls with the same key that may run at the same time
     * @param threads runs the calls, or rejects them with a {@link RejectedExecutionException}
     */
    public KeyTurns(int maxPerKey, Executor threads) {
        this.maxPerKey = maxPerKey;
        this.threads = threads;
    }

    /**
     * Runs a call when it is its turn.
     *
     * @param onRejection runs instead if {@value #MAX_WAITING} calls of the key wait already, or the threads reject the call
     */
    public void execute(String key, Runnable task, Runnable onRejection) {
        Call call = new Call(task, onRejection);
        switch (enter(key, call)) {
            case BEGINS -> begin(key, call);
            case WAITS -> {}
            case REJECTED -> onRejection.run();
        }
    }

    private enum Entry {
        BEGINS,
        WAITS,
        REJECTED
    }

    private synchronized Entry enter(String key, Call call) {
        Calls calls = byKey.computeIfAbsent(key, first -> new Calls());
        if (calls.running < maxPerKey) {
            calls.running++;
            return Entry.BEGINS;
        }
        if (calls.waiting.size() >= MAX_WAITING) {
            return Entry.REJECTED;
        }
        calls.waiting.add(call);
        return Entry.WAITS;
    }

    private void begin(String key, @Nullable Call first) {
        for (Call call = first; call != null && !hasBegun(key, call); call = next(key)) {
            call.onRejection().run();
        }
    }

    private boolean hasBegun(String key, Call call) {
        try {
            threads.execute(() -> run(key, call));
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    private void run(String key, Call call) {
        try {
            call.task().run();
        } finally {
            begin(key, next(key));
        }
    }

    /** Ends a call; returns the one whose turn it is, if any waits. */
    private synchronized @Nullable Call next(String key) {
        Calls calls = requireNonNull(byKey.get(key));
        Call next = calls.waiting.poll();
        if (next == null && --calls.running == 0) {
            byKey.remove(key);
        }
        return next;
    }
}

package io.roomcast.chat.internal.execution;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls code of the host on threads of its own, within a time limit. Safe for use by any thread; never blocks the caller. */
public interface HostCaller {
    /**
     * Calls the host, and returns the future result. Fails with a {@link io.roomcast.chat.model.ChatException}.
     *
     * @param key groups calls, so that a group's calls fail immediately while earlier ones hang; null for no group
     */
    <T> CompletionStage<T> call(@Nullable String key, Callable<T> task);

    /** Returns what a part of the host's code returns, on the calling thread; the fallback if it throws or returns null. */
    <T> T callOr(T fallback, Supplier<? extends @Nullable T> part);

    /**
     * Logs a warning, at most once in five seconds.
     *
     * @param what completes a sentence that begins with the name of the host's part; contains nothing that users wrote
     */
    void warn(String what);
}

package io.roomcast.chat.internal.upload;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls the store of files on threads of its own, so that a store that hangs delays no other work. */
@FunctionalInterface
public interface StoreCalls {
    /**
     * Calls the store, and returns the future result, which completes on a thread where nothing may block. Fails after a
     * time limit, and if too many calls wait.
     *
     * @param key groups calls, which fail immediately while several of the group hang; null for no group
     */
    <T> CompletionStage<T> call(@Nullable String key, Callable<T> task);
}

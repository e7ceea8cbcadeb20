package io.roomcast.chat.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done in a conversation's order, in two steps.
 *
 * @param owner whose later tasks wait until this one is done
 * @param commits whether it only hands a message over to be stored, so that the conversation need not wait until it is done
 * @param preparation asks the host's ports; the conversation waits for the answer, and no thread does
 * @param work starts the task on a worker, and tells when it is done; gets why the preparation failed, or null
 */
record LaneTask(
        Object owner,
        boolean commits,
        Supplier<CompletionStage<?>> preparation,
        Function<@Nullable Throwable, CompletionStage<?>> work) {
    private static final CompletionStage<?> DONE = CompletableFuture.completedStage(null);
    private static final Object NOBODY = new Object();

    /** An owner whose tasks wait until no message of anybody's is on its way, so that what is stored is also told. */
    static final Object EVERYBODY = new Object();

    /** A task that needs no preparation. */
    LaneTask(Object owner, boolean commits, Supplier<CompletionStage<?>> work) {
        this(owner, commits, () -> DONE, nothing -> work.get());
    }

    /** A task that is nobody's and is done when it returns. */
    static LaneTask of(Runnable work) {
        return new LaneTask(NOBODY, false, () -> {
            work.run();
            return DONE;
        });
    }
}

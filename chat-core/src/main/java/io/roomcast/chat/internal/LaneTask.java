package io.roomcast.chat.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What is to be done in a conversation's order.
 *
 * @param owner whose later tasks wait until this one is done
 * @param commits whether it only hands a message over to be stored, so that the owner's next message need not wait
 * @param work starts the task, and tells when it is done
 */
record LaneTask(Object owner, boolean commits, Supplier<CompletionStage<?>> work) {
    private static final CompletionStage<?> DONE = CompletableFuture.completedStage(null);
    private static final Object NOBODY = new Object();

    /** An owner whose tasks wait until no message of anybody's is on its way, so that what is stored is also told. */
    static final Object EVERYBODY = new Object();

    /** A task that is nobody's and is done when it returns. */
    static LaneTask of(Runnable work) {
        return new LaneTask(NOBODY, false, () -> {
            work.run();
            return DONE;
        });
    }
}

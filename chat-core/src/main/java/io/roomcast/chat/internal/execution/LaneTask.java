package io.roomcast.chat.internal.execution;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task in a conversation's order, in two steps.
 *
 * @param owner the owner, whose later tasks wait until this one is done
 * @param kind how long other owners' tasks wait for this one
 * @param preparation calls the host's ports; the conversation waits for the answer, but no thread does
 * @param work starts the task on a worker and returns its completion; gets the failure of the preparation, or null
 */
public record LaneTask(
        Object owner,
        Kind kind,
        Supplier<CompletionStage<?>> preparation,
        Function<@Nullable Throwable, CompletionStage<?>> work) {
    /** How a task relates to the tasks behind it. */
    enum Kind {
        /** All other tasks wait until it is done. */
        STEP,
        /** Hands a message to the store: no owner's next message waits for it. */
        COMMIT,
        /** Reads outside the lane before its owner is admitted: only the owner's next tasks wait for it. */
        JOIN
    }

    private static final CompletionStage<?> DONE = CompletableFuture.completedStage(null);
    private static final Object NOBODY = new Object();

    /** An owner whose tasks wait until no message of anybody's is on its way, so that what is stored is also told. */
    static final Object EVERYBODY = new Object();

    /** A task that is prepared. */
    public LaneTask(
            Object owner,
            boolean commits,
            Supplier<CompletionStage<?>> preparation,
            Function<@Nullable Throwable, CompletionStage<?>> work) {
        this(owner, commits ? Kind.COMMIT : Kind.STEP, preparation, work);
    }

    /** A task that needs no preparation. */
    public LaneTask(Object owner, boolean commits, Supplier<CompletionStage<?>> work) {
        this(owner, commits, () -> DONE, nothing -> work.get());
    }

    /** A task that is nobody's and is done when it returns. */
    public static LaneTask of(Runnable work) {
        return of(NOBODY, Kind.STEP, work);
    }

    /** A task that waits until no message is on its way. */
    public static LaneTask betweenMessages(Runnable work) {
        return of(EVERYBODY, Kind.STEP, work);
    }

    /** A join that waits for an earlier one of the same owner. */
    static LaneTask join(Object owner, Runnable begin) {
        return of(owner, Kind.JOIN, begin);
    }

    private static LaneTask of(Object owner, Kind kind, Runnable work) {
        return new LaneTask(owner, kind, () -> DONE, nothing -> {
            work.run();
            return DONE;
        });
    }

    boolean commits() {
        return kind == Kind.COMMIT;
    }

    boolean joins() {
        return kind == Kind.JOIN;
    }
}

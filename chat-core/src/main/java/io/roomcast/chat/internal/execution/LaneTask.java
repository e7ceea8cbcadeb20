package io.roomcast.chat.internal.execution;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task of a conversation's lane, in two steps: preparation and work.
 *
 * @param waits the messages that the task waits for
 * @param kind which tasks behind it wait for this one
 * @param preparation calls the host's ports; the lane waits for the returned stage, but no thread does
 * @param work starts the task on a worker and returns its completion; receives the preparation's failure, or null
 */
public record LaneTask(
        Waits waits,
        Kind kind,
        Supplier<CompletionStage<?>> preparation,
        Function<@Nullable Throwable, CompletionStage<?>> work) {
    /** Which tasks wait for this one. */
    enum Kind {
        /** All later tasks of the lane wait until it is done. */
        STEP,
        /** Hands a message to the store. Only tasks whose {@link Waits} include the message wait for it. */
        MESSAGE,
        /** Reads outside the lane before its session enters the room. Only the session's later tasks wait for it. */
        JOIN
    }

    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    /** Returns a task that all later tasks of the lane wait for. */
    public static LaneTask step(
            Waits waits,
            Supplier<CompletionStage<?>> preparation,
            Function<@Nullable Throwable, CompletionStage<?>> work) {
        return new LaneTask(waits, Kind.STEP, preparation, work);
    }

    /** Returns a task without preparation, which is done when it returns. */
    public static LaneTask step(Waits waits, Runnable work) {
        return new LaneTask(waits, Kind.STEP, () -> DONE, nothing -> run(work));
    }

    /**
     * Returns a task that hands a message of the session to the store. It may start while earlier messages are on their
     * way there.
     *
     * @param work completes when the message is stored or has failed
     */
    public static LaneTask message(
            Object session,
            Supplier<CompletionStage<?>> preparation,
            Function<@Nullable Throwable, CompletionStage<?>> work) {
        return new LaneTask(Waits.forOwnMessages(session), Kind.MESSAGE, preparation, work);
    }

    /** Returns a message task without preparation. */
    static LaneTask message(Object session, Supplier<CompletionStage<?>> work) {
        return message(session, () -> DONE, nothing -> work.get());
    }

    /** Returns a join that waits for an earlier join of the same session. */
    static LaneTask join(Object session, Runnable begin) {
        return new LaneTask(Waits.forOwnMessages(session), Kind.JOIN, () -> DONE, nothing -> run(begin));
    }

    private static CompletionStage<?> run(Runnable work) {
        work.run();
        return DONE;
    }

    /** Returns the session whose later tasks wait for a message or join, or null if the task belongs to none. */
    @Nullable
    Object session() {
        return waits.session();
    }

    boolean isMessage() {
        return kind == Kind.MESSAGE;
    }

    boolean isJoin() {
        return kind == Kind.JOIN;
    }
}

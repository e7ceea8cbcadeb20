package io.roomcast.chat.internal.execution;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.spi.ChatStore;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Assembles the package: the parts that decide in which order and on which thread a chat's work runs.
 *
 * @param workers runs commands
 * @param commits groups messages on their way to the store
 * @param lanes runs each conversation's commands in order
 * @param timeouts fails replies that take too long
 * @param inFlight counts running commands and writes
 * @param scheduler sets timers
 */
public record Execution(
        WorkerPool workers,
        CommitQueue commits,
        ConversationLanes lanes,
        ReplyTimeouts timeouts,
        InFlight inFlight,
        SafeScheduler scheduler) {
    /** Creates idle parts, and starts the timer of the reply timeouts. */
    public static Execution create(
            ChatStore store, Executor threads, ScheduledExecutorService scheduler, Limits limits) {
        WorkerPool workers = new WorkerPool(threads);
        CommitQueue commits = new CommitQueue(store);
        ConversationLanes lanes = new ConversationLanes(
                workers, limits.queuedPerConversation(), limits.queued(), new CommitDrainer(workers, commits));
        return new Execution(
                workers,
                commits,
                lanes,
                new ReplyTimeouts(limits.commandTimeout(), scheduler),
                new InFlight(),
                new SafeScheduler(scheduler));
    }
}

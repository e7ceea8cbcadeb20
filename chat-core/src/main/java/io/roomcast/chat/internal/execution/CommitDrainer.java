package io.roomcast.chat.internal.execution;

import java.util.function.Consumer;

/**
 * Stores the messages that a conversation's lane has handed over, on the thread that worked in the lane.
 *
 * <p>Runs after each turn of the lane, outside the batch of the turn, as it blocks for the store. No further thread is
 * needed to store messages, and one turn's messages form one group.
 */
final class CommitDrainer implements Consumer<String> {
    private final WorkerPool workers;
    private final CommitQueue commits;

    CommitDrainer(WorkerPool workers, CommitQueue commits) {
        this.workers = workers;
        this.commits = commits;
    }

    /** Drains the commit lane of a conversation, unless another thread does so already. */
    @Override
    public void accept(String conversationId) {
        workers.runOutsideBatch(commits.drainer(conversationId));
    }
}

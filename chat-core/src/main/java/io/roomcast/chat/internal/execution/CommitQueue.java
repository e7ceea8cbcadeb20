package io.roomcast.chat.internal.execution;

import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Stores messages in groups: messages that arrive while a group is being stored form the next group. Safe for use by any
 * thread.
 *
 * <p>Each conversation belongs to one {@link CommitLane}, which stores one group at a time. So messages are stored and
 * answered in order of arrival. There is no timer: a single message is stored immediately.
 */
public final class CommitQueue {
    /** Lanes block for the store most of the time, so there are some even with few processors. */
    private static final int LANES =
            Math.max(4, Math.min(8, 2 * Runtime.getRuntime().availableProcessors()));

    private final List<CommitLane> lanes;

    CommitQueue(ChatStore store) {
        lanes = Stream.generate(() -> new CommitLane(store::append, System::nanoTime))
                .limit(LANES)
                .toList();
    }

    /**
     * Queues a message, which is stored when a thread {@linkplain #drainer drains} its lane.
     *
     * @return completes in the conversation's order with the store's result, never exceptionally
     * @throws io.roomcast.chat.model.ChatException {@code rate_limited} if too many bytes wait
     */
    public CompletionStage<AppendResult> append(MessageDraft draft) {
        return lane(draft.conversationId()).add(draft);
    }

    /**
     * Returns a task that stores all messages waiting in the conversation's lane. Does nothing while another thread
     * drains the lane. Blocks for the store.
     */
    Runnable drainer(String conversationId) {
        return lane(conversationId);
    }

    private CommitLane lane(String conversationId) {
        int hash = conversationId.hashCode();
        return lanes.get(Math.floorMod(hash ^ (hash >>> 16), lanes.size()));
    }
}

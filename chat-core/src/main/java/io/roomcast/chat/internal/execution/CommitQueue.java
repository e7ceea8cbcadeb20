package io.roomcast.chat.internal.execution;

import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.ChatStore;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Stores messages in groups: what comes while a group is on its way goes with the next one; safe for use by any thread.
 *
 * <p>A conversation belongs to one lane, which has one group on its way, so messages are stored and answered in the order
 * in which they came. There is no timer: a message that comes alone goes at once.
 */
public final class CommitQueue {
    /** They wait for the store most of the time, so there are some even where processors are few. */
    private static final int LANES =
            Math.max(4, Math.min(8, 2 * Runtime.getRuntime().availableProcessors()));

    private final List<CommitLane> lanes;

    public CommitQueue(ChatStore store) {
        lanes = Stream.generate(() -> new CommitLane(store)).limit(LANES).toList();
    }

    /**
     * Takes a message to be stored once somebody {@linkplain #driver drives} its lane.
     *
     * @return completes with what became of it, never exceptionally, and in the conversation's order
     * @throws io.roomcast.chat.model.ChatException if too much waits
     */
    public CompletionStage<AppendResult> append(MessageDraft draft) {
        return lane(draft.conversationId()).add(draft);
    }

    /** What stores all that waits in the conversation's lane, unless another thread is at it; it blocks for the store. */
    public Runnable driver(String conversationId) {
        return lane(conversationId);
    }

    private CommitLane lane(String conversationId) {
        int hash = conversationId.hashCode();
        return lanes.get(Math.floorMod(hash ^ (hash >>> 16), lanes.size()));
    }
}

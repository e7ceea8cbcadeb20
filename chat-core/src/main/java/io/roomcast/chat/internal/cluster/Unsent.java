package io.roomcast.chat.internal.cluster;

import java.util.Set;

/**
 * The conversations of which other nodes may have missed messages or changes of this node. Immutable.
 *
 * @param conversationIds the conversations; a {@link ClusterEvent.Head} in each lets other nodes catch up
 * @param isComplete false if there were too many, and all nodes have to compare all rooms with the store
 */
public record Unsent(Set<String> conversationIds, boolean isComplete) {
    /** Copies the ids. */
    public Unsent {
        conversationIds = Set.copyOf(conversationIds);
    }
}

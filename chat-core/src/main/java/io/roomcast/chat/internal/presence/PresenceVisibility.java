package io.roomcast.chat.internal.presence;

import io.roomcast.chat.internal.execution.HostCaller;
import io.roomcast.chat.spi.ConversationStore;
import io.roomcast.chat.spi.PresencePolicy;
import java.time.Clock;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Evaluates the presence policy. Everyone sees their own presence. Safe for use by any thread. */
public interface PresenceVisibility {
    /**
     * Returns the evaluation of a policy.
     *
     * @param store knows the conversations that users share
     * @param port calls the host's policy
     */
    static PresenceVisibility of(PresencePolicy policy, ConversationStore store, HostCaller port, Clock clock) {
        if (policy == PresencePolicy.everyone()) {
            return new AllVisible();
        }
        return policy == PresencePolicy.sharedConversations()
                ? new SharedConversations(store, clock)
                : new HostVisibility(policy, port, clock);
    }

    /** Returns those of the users whom the viewer may see. May block for the store, but not for the host. */
    CompletionStage<Set<String>> seenBy(String viewerId, Collection<String> userIds);

    /** Returns those of the viewers who may see the user. May block for the store, but not for the host. */
    CompletionStage<Set<String>> viewersOf(String userId, Collection<String> viewerIds);

    /**
     * Returns whether the viewer is known to see the user. Returns false as well if only the store or the host could
     * answer. Never blocks.
     */
    boolean isKnown(String viewerId, String userId);

    /** Returns whether users in a common room see each other without a check. */
    boolean includesRooms();

    /** Drops what is cached because a membership has ended; called after the store has ended it. */
    void invalidate();
}

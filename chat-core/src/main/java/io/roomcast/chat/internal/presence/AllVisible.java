package io.roomcast.chat.internal.presence;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All users see each other. */
final class AllVisible implements PresenceVisibility {
    @Override
    public CompletionStage<Set<String>> seenBy(String viewerId, Collection<String> userIds) {
        return CompletableFuture.completedFuture(Set.copyOf(userIds));
    }

    @Override
    public CompletionStage<Set<String>> viewersOf(String userId, Collection<String> viewerIds) {
        return seenBy(userId, viewerIds);
    }

    @Override
    public boolean isKnown(String viewerId, String userId) {
        return true;
    }

    @Override
    public boolean includesRooms() {
        return true;
    }

    @Override
    public void invalidate() {
        // Nothing is cached.
    }
}

package io.roomcast.chat.internal.handler;

import io.roomcast.chat.internal.room.Cluster;
import java.util.List;

/** Carries out on this node what the host requested on another. Safe for use by any thread. */
final class RemoteRequests implements Cluster.Requests {
    private final ChatParts parts;

    RemoteRequests(ChatParts parts) {
        this.parts = parts;
    }

    @Override
    public void revoke(String userId) {
        parts.sessions().lifecycle().revoke(userId);
    }

    @Override
    public void kick(String conversationId, String userId) {
        parts.joins().evictor().evict(conversationId, userId);
    }

    @Override
    public void removeMember(String conversationId, String userId) {
        changeRole(conversationId, userId);
        parts.receipts().forget(conversationId, List.of(userId));
        parts.presence().visibility().invalidate();
        kick(conversationId, userId);
    }

    @Override
    public void changeRole(String conversationId, String userId) {
        parts.rooms().membershipCache().invalidate(conversationId, List.of(userId));
        parts.rooms().memberCache().invalidate(conversationId);
    }
}

package io.roomcast.chat.internal.handler;

/** Removes a user from a running chat: the user's sessions, and what is kept in memory. Safe for use by any thread. */
public final class UserTraces {
    private final ChatParts parts;

    UserTraces(ChatParts parts) {
        this.parts = parts;
    }

    /** Ends the user's sessions on this node. */
    public void revoke(String userId) {
        parts.sessions().lifecycle().revoke(userId);
    }

    /** Removes what this node keeps about the user in memory. May block. */
    public void forget(String userId) {
        parts.attention().forget(userId);
        parts.receipts().forget(userId);
        parts.rooms().membershipCache().invalidateUser(userId);
        parts.presence().presence().forget(userId);
        parts.settings().rateLimiter().forget(userId);
    }

    /** Has the other nodes end the user's sessions and forget the user, without waiting for them. */
    public void forgetOnOtherNodes(String userId) {
        parts.rooms().cluster().forget(userId);
    }
}

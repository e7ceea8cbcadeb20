package io.roomcast.chat.spi;

import io.roomcast.chat.model.NewConversation;

/**
 * Decides who may do what in which conversation.
 *
 * <p>Asked for each command, by a worker thread; it may block, and its answer is not kept. An exception is a refusal.
 */
@FunctionalInterface
public interface AccessPolicy {
    /** Whether the request may go ahead; the second argument answers who is a member. */
    boolean permits(AccessRequest request, Membership membership);

    /**
     * Everybody may do everything, as in a chat whose rooms are secret only by their names.
     *
     * <p>The name of a direct conversation is no secret, as whoever knows two users knows it: it is for its members only.
     */
    static AccessPolicy openRooms() {
        AccessPolicy membersOnly = membersOnly();
        return (request, membership) ->
                !NewConversation.isDirect(request.conversationId()) || membersOnly.permits(request, membership);
    }

    /** Members of a conversation may do everything in it, and nobody else anything. */
    static AccessPolicy membersOnly() {
        return (request, membership) ->
                request.userId() != null && membership.isMember(request.conversationId(), request.userId());
    }

    /** Answers who is a member of a conversation. */
    @FunctionalInterface
    interface Membership {
        /** Whether the user is a member now; may block. */
        boolean isMember(String conversationId, String userId);
    }
}

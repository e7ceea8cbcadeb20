package io.roomcast.chat.spi;

/**
 * Decides who may do what in which conversation.
 *
 * <p>Asked for each command, by a worker thread; it may block, and its answer is not kept. An exception is a refusal. Both
 * policies here keep a direct conversation and a group to their members.
 */
@FunctionalInterface
public interface AccessPolicy {
    /** Whether the request may go ahead; the second argument answers who is a member. */
    boolean permits(AccessRequest request, Membership membership);

    /**
     * Permits everything to everyone in open conversations, and to members alone in direct ones and groups.
     *
     * <p>An id without a conversation is open: its first message makes an open conversation. If a group is made under
     * that id instead, whoever is in the room and no member is put out.
     */
    static AccessPolicy openRooms() {
        AccessPolicy membersOnly = membersOnly();
        return (request, membership) ->
                membership.isOpen(request.conversationId()) || membersOnly.permits(request, membership);
    }

    /** Permits everything to the members of a conversation of any kind, and nothing to others. */
    static AccessPolicy membersOnly() {
        return (request, membership) ->
                request.userId() != null && membership.isMember(request.conversationId(), request.userId());
    }

    /** Answers who is a member of a conversation. */
    interface Membership {
        /**
         * Whether the user is a member; may block. What another server with the same store has changed is known after a
         * second where a member was added, and after half a minute where one was removed.
         */
        boolean isMember(String conversationId, String userId);

        /**
         * Whether the conversation is {@linkplain io.roomcast.chat.model.ConversationKind#OPEN open}, or there is none
         * and the id is not one of a direct conversation's; may block. That another server has made a group is known
         * after a second.
         */
        boolean isOpen(String conversationId);
    }
}

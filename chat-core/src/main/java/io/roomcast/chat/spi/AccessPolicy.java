package io.roomcast.chat.spi;

/**
 * Decides who may do what in which conversation.
 *
 * <p>Asked for each command, and its answer is not kept. A policy of the host's is called by threads kept for this, several
 * at once, and may block. The conversation waits for the answer, for two seconds at most: then the call is interrupted and
 * the command refused with {@link io.roomcast.chat.model.ErrorCode#TIMEOUT}. Commands in other conversations go on meanwhile.
 *
 * <p>An exception refuses the command: a {@link io.roomcast.chat.model.ChatException} with its own code, a
 * {@link io.roomcast.chat.model.ServiceUnavailableException} with
 * {@link io.roomcast.chat.model.ErrorCode#UNAVAILABLE}, and any other with
 * {@link io.roomcast.chat.model.ErrorCode#INTERNAL_ERROR}. The log names its class and never its message. Both policies here
 * keep a direct conversation and a group to their members.
 */
@FunctionalInterface
public interface AccessPolicy {
    /** Whether the request may go ahead; the second argument answers who is a member. */
    boolean permits(AccessRequest request, Membership membership);

    /**
     * Returns a policy that permits all actions to all users in open conversations, and to members only in direct ones
     * and groups. Always returns the same policy.
     *
     * <p>An id without a conversation is open: its first message creates an open conversation. If a group is created
     * under that id instead, sessions in the room whose users are not members are removed. All users see each other's
     * presence, as they may meet in any room. Under every other policy only users who share a conversation do.
     */
    static AccessPolicy openRooms() {
        return BuiltInPolicy.OPEN_ROOMS;
    }

    /**
     * Permits everything to the members of a conversation of any kind, and nothing to others. Always the same policy.
     */
    static AccessPolicy membersOnly() {
        return BuiltInPolicy.MEMBERS_ONLY;
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

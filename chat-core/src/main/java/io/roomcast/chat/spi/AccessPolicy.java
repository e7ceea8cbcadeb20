package io.roomcast.chat.spi;

/**
 * Decides which users may do what in which conversation.
 *
 * <p>Called for each command; the result is not cached. A policy of the host is called on threads kept for this
 * purpose, several at the same time, and may block. The conversation waits for it for at most two seconds. After that
 * the call is interrupted and the command fails with {@link io.roomcast.chat.model.ErrorCode#TIMEOUT}. Commands in
 * other conversations continue meanwhile.
 *
 * <p>An exception refuses the command: a {@link io.roomcast.chat.model.ChatException} with its own code, a {@link
 * io.roomcast.chat.model.ServiceUnavailableException} with {@link io.roomcast.chat.model.ErrorCode#UNAVAILABLE}, and
 * any other with {@link io.roomcast.chat.model.ErrorCode#INTERNAL_ERROR}. The log names its class and never its
 * message. Both policies in this interface restrict direct conversations and groups to their members.
 */
@FunctionalInterface
public interface AccessPolicy {
    /**
     * Returns whether the action is permitted.
     *
     * @param request the user, the action and the conversation
     * @param membership looks up members; may block
     */
    boolean permits(AccessRequest request, Membership membership);

    /**
     * Returns a policy that permits all actions to all users in open conversations, and to members only in direct ones
     * and groups. Always returns the same policy.
     *
     * <p>An id without a conversation is open: its first message creates an open conversation. If a group is created
     * under that id instead, sessions in the room whose users are not members are removed. Unless the host sets a
     * {@link PresencePolicy}, all users see each other's presence, as they may meet in any room. Under every other policy
     * only users who share a conversation do.
     */
    static AccessPolicy openRooms() {
        return BuiltInPolicy.OPEN_ROOMS;
    }

    /**
     * Returns a policy that permits all actions to the members of a conversation of any kind, and none to other users.
     * Always returns the same policy.
     */
    static AccessPolicy membersOnly() {
        return BuiltInPolicy.MEMBERS_ONLY;
    }

    /** Looks up the members of conversations. Safe for use by any thread. */
    interface Membership {
        /**
         * Returns whether the user is a member. May block. Results are cached: a member whom another server adds is
         * known within one second, and one whom it removes counts as a member for up to 30 s.
         */
        boolean isMember(String conversationId, String userId);

        /**
         * Returns whether the conversation is {@linkplain io.roomcast.chat.model.ConversationKind#OPEN open}, or does
         * not exist and has an id that no direct conversation can have. May block. Results are cached: a group that
         * another server creates is known within one second.
         */
        boolean isOpen(String conversationId);
    }
}

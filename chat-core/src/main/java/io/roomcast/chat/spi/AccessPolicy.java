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
 * {@link io.roomcast.chat.model.ErrorCode#INTERNAL_ERROR}. The log names its class and never its message.
 */
@FunctionalInterface
public interface AccessPolicy {
    /** Whether the request may go ahead; the second argument answers who is a member. */
    boolean permits(AccessRequest request, Membership membership);

    /**
     * Everybody may do everything, as in a chat whose rooms are secret only by their names.
     *
     * <p>The name of a direct conversation is no secret, as whoever knows two users knows it: it is for its members only.
     * Always the same policy.
     */
    static AccessPolicy openRooms() {
        return BuiltInPolicy.OPEN_ROOMS;
    }

    /** Members of a conversation may do everything in it, and nobody else anything. Always the same policy. */
    static AccessPolicy membersOnly() {
        return BuiltInPolicy.MEMBERS_ONLY;
    }

    /** Answers who is a member of a conversation. */
    @FunctionalInterface
    interface Membership {
        /** Whether the user is a member now; may block. */
        boolean isMember(String conversationId, String userId);
    }
}

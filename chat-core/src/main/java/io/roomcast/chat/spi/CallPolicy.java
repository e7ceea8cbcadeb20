package io.roomcast.chat.spi;

import io.roomcast.chat.model.CallMedia;
import java.util.List;

/**
 * Decides whose devices ring, and whether a call may reveal network addresses. The access policy and the permission {@link
 * io.roomcast.chat.model.Permission#CALL} decide before who may call at all.
 *
 * <p>A host's own implementation may block for at most two seconds; it is called on threads of its own. If it throws, the
 * call is refused.
 */
public interface CallPolicy {
    /**
     * Returns those of the users whose devices ring.
     *
     * @param conversationId the conversation
     * @param from the user who starts the call
     * @param media what the call is meant to transmit
     * @param userIds the other members, without those who are in a call
     */
    default List<String> ring(String conversationId, String from, CallMedia media, List<String> userIds) {
        return userIds;
    }

    /** Returns whether the devices of a call in the conversation must use relays only. */
    default boolean isRelayOnly(String conversationId) {
        return false;
    }

    /** Returns whether the methods may block, so that they are called on threads of their own. The default is true. */
    default boolean mayBlock() {
        return true;
    }

    /** Returns the policy by which all devices ring, and connect directly where they can. */
    static CallPolicy everyone() {
        return BuiltInCallPolicy.EVERYONE;
    }

    /**
     * Returns the policy by which all devices ring, and connect through relays only, so that they do not learn each other's
     * addresses. It needs {@link IceServers#turn}.
     */
    static CallPolicy relayOnly() {
        return BuiltInCallPolicy.RELAY_ONLY;
    }
}

package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The question whether a user may perform an action. Immutable.
 *
 * @param principal the identity that the authenticator found
 * @param userId the id of the acting user; null if an anonymous client named none
 * @param action the action
 * @param conversationId the conversation
 */
public record AccessRequest(Principal principal, @Nullable String userId, Action action, String conversationId) {
    /** Rejects null for required components. */
    public AccessRequest {
        requireNonNull(principal, "principal");
        requireNonNull(action, "action");
        requireNonNull(conversationId, "conversationId");
    }
}

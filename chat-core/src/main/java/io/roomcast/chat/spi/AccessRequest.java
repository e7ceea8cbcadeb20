package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The question whether somebody may do something. Immutable.
 *
 * @param principal who the authenticator says it is
 * @param userId the user in whose name it would be done; null where an anonymous caller named nobody
 * @param action what they want to do
 * @param conversationId where
 */
public record AccessRequest(Principal principal, @Nullable String userId, Action action, String conversationId) {
    /** Checks that nothing required is null. */
    public AccessRequest {
        requireNonNull(principal, "principal");
        requireNonNull(action, "action");
        requireNonNull(conversationId, "conversationId");
    }
}

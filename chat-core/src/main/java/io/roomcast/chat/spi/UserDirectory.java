package io.roomcast.chat.spi;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.UserProfile;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows the names and pictures of the host's users.
 *
 * <p>Called on threads kept for this purpose, several at the same time, with up to {@value
 * io.roomcast.chat.model.FixedLimits#USERS} users in one call. So it may block. After two seconds the call is
 * interrupted, and the request fails with {@link io.roomcast.chat.model.ErrorCode#TIMEOUT}. An exception fails it: a
 * {@link io.roomcast.chat.model.ChatException} with its own code, a {@link
 * io.roomcast.chat.model.ServiceUnavailableException} with {@link io.roomcast.chat.model.ErrorCode#UNAVAILABLE}, and any
 * other with {@link io.roomcast.chat.model.ErrorCode#INTERNAL_ERROR}.
 *
 * <p>Results are kept for five minutes, and the absence of a user for 30 seconds. {@link
 * io.roomcast.chat.ChatService#userChanged} ends that earlier. Requests for a user who is being looked up share that
 * call.
 */
@FunctionalInterface
public interface UserDirectory {
    /**
     * Returns what the viewer may see of users.
     *
     * @param viewerId the user who asks; null for an anonymous client, for the host, and for the event that all users in
     *     shared rooms receive: then return only what everyone may see
     * @param userIds the ids of the users, at least one
     * @return the users that exist, in any order; without those that the viewer may not see
     */
    Collection<UserProfile> find(@Nullable String viewerId, Set<String> userIds);

    /**
     * Returns whether the result depends on the viewer. Returns true unless overridden; results are then kept for each
     * viewer. If it does not, override this method: all viewers then share one result. Called once, before the chat
     * starts.
     */
    default boolean isPerViewer() {
        return true;
    }

    /** Returns a directory that shows the same users to everyone. Of several with the same id the last counts. */
    static UserDirectory of(Collection<UserProfile> users) {
        return new InMemoryUserDirectory(Checks.list(users, "users"));
    }
}

package io.roomcast.chat.spi;

/**
 * Decides whose presence a user may see. A user whom the viewer may not see is offline, without a last-seen time, and the
 * viewer receives no {@link io.roomcast.chat.event.PresenceChanged} about that user. Everyone sees their own presence.
 *
 * <p>A user may hide the own presence from all others with {@link io.roomcast.chat.command.SetPrivacy}, whatever the policy
 * decides.
 *
 * <p>A policy of the host is called on threads kept for this purpose, several at the same time, and may block. All the
 * users of one request or event are decided in one call of at most two seconds; after that it is interrupted. A request
 * then fails with {@link io.roomcast.chat.model.ErrorCode#TIMEOUT}, and viewers whose right is not known miss the event.
 * An exception counts as a refusal; the log names its class and never its message.
 *
 * <p>A permission is cached for 30 seconds, and a refusal for one second. Both are forgotten when a membership ends. When
 * a viewer may no longer see a user, the viewer receives no event about it.
 */
@FunctionalInterface
public interface PresencePolicy {
    /**
     * Returns whether the viewer may see the user's presence.
     *
     * @param viewerId the user who sees
     * @param userId another user
     */
    boolean sees(String viewerId, String userId);

    /** Returns the policy that all users see each other. Always returns the same policy. */
    static PresencePolicy everyone() {
        return BuiltInPresencePolicy.EVERYONE;
    }

    /**
     * Returns the policy that users see each other if they are members of a common conversation or in a common room. The
     * chat evaluates it; its {@link #sees} always throws {@link UnsupportedOperationException}. Always returns the same
     * policy.
     */
    static PresencePolicy sharedConversations() {
        return BuiltInPresencePolicy.SHARED_CONVERSATIONS;
    }
}

package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.UserProfile;

/**
 * Notifies clients that the host changed a user. Sent to the sessions in the rooms of the user's conversations, and in
 * the rooms that the user is in. All of them receive the same: what the directory shows to everyone.
 *
 * @param user the user after the change; without a name if the directory no longer knows the user
 */
public record UserUpdated(UserProfile user) implements ChatEvent {
    /** Rejects null. */
    public UserUpdated {
        requireNonNull(user, "user");
    }

    @Override
    public Delivery delivery() {
        return Delivery.VOLATILE;
    }
}

package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Presence;

/**
 * Notifies clients that a user went online, away or offline. Sent to the sessions in the user's rooms, except
 * {@linkplain io.roomcast.chat.model.Limits#largeRoom large} rooms, and to the sessions that subscribed to the user.
 *
 * @param presence the user's presence after the change
 */
public record PresenceChanged(Presence presence) implements ChatEvent {
    /** Rejects null for required components. */
    public PresenceChanged {
        requireNonNull(presence, "presence");
    }

    @Override
    public Delivery delivery() {
        return Delivery.VOLATILE;
    }
}

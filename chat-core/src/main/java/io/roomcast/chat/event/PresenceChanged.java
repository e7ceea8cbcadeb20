package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Presence;

/**
 * A user came, went, or is away from the keyboard; told to rooms of at most 200 sessions, and to whoever subscribed.
 *
 * @param presence what others see now
 */
public record PresenceChanged(Presence presence) implements ChatEvent {
    /** Checks that nothing required is null. */
    public PresenceChanged {
        requireNonNull(presence, "presence");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}

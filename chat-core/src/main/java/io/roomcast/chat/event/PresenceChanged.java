package io.roomcast.chat.event;

import io.roomcast.chat.model.Presence;

/**
 * A user came, went, or is away from the keyboard.
 *
 * @param presence what others see now
 */
public record PresenceChanged(Presence presence) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}

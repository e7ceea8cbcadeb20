package io.roomcast.chat.event;

import java.time.Duration;
import java.time.Instant;

/**
 * The proof of who the session is ends soon.
 *
 * @param expiresAt when
 * @param in how soon
 */
public record TokenExpiring(Instant expiresAt, Duration in) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}

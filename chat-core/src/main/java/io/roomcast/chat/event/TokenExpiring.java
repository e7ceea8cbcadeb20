package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * The proof of who the session is ends soon.
 *
 * @param expiresAt when
 * @param in how soon
 */
public record TokenExpiring(Instant expiresAt, Duration in) implements ChatEvent {
    /** Checks that nothing required is null. */
    public TokenExpiring {
        requireNonNull(expiresAt, "expiresAt");
        requireNonNull(in, "in");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}

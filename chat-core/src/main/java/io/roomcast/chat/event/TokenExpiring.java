package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * Notifies a session that its token expires soon, so that the client can refresh it.
 *
 * @param expiresAt when the token expires
 * @param in the time that is left until then
 */
public record TokenExpiring(Instant expiresAt, Duration in) implements ChatEvent {
    /** Rejects null for required components. */
    public TokenExpiring {
        requireNonNull(expiresAt, "expiresAt");
        requireNonNull(in, "in");
    }

    @Override
    public Delivery delivery() {
        return Delivery.REQUIRED;
    }
}

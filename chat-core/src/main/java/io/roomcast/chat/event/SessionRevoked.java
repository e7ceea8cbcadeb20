package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * Notifies a session that the server has ended it.
 *
 * @param reason the reason, in one word: {@code token_expired}, {@code revoked}, {@code abuse} or
 *     {@value #TOO_MANY_SESSIONS}
 * @param reconnect whether the client should reconnect at once
 */
public record SessionRevoked(String reason, boolean reconnect) implements ChatEvent {
    /** The user exceeded the session limit, and this session was idle for the longest time. */
    public static final String TOO_MANY_SESSIONS = "too_many_sessions";

    /** Checks that nothing required is null. */
    public SessionRevoked {
        requireNonNull(reason, "reason");
    }

    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}

package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * The session is over by the server's will.
 *
 * @param reason why, in one word: {@code token_expired}, {@code revoked}, {@code abuse} or {@value #TOO_MANY_SESSIONS}
 * @param reconnect whether to come back at once is of use
 */
public record SessionRevoked(String reason, boolean reconnect) implements ChatEvent {
    /** The user has opened more sessions than the limit, and this one was idle for longest. */
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

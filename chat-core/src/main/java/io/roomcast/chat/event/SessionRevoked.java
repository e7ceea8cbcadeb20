package io.roomcast.chat.event;

/**
 * The session is over by the server's will.
 *
 * @param reason why, in one word: {@code token_expired}, {@code revoked} or {@code abuse}
 * @param reconnect whether to come back at once is of use
 */
public record SessionRevoked(String reason, boolean reconnect) implements ChatEvent {
    @Override
    public <X extends Exception> void accept(EventVisitor<X> visitor) throws X {
        visitor.visit(this);
    }
}

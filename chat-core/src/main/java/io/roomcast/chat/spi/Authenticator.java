package io.roomcast.chat.spi;

import io.roomcast.chat.model.Principal;

/**
 * Authenticates users by their tokens.
 *
 * <p>Called on threads kept for this purpose, several at the same time. So it may block without delaying connected
 * users. After five seconds the call is interrupted, and the check fails with {@link
 * io.roomcast.chat.model.ErrorCode#TIMEOUT}. Tokens of connecting clients and refreshed tokens of connected clients
 * wait in separate queues. An empty token is refused without a call.
 *
 * <p>An exception refuses the token, whatever its class, because each token library throws its own. A client whose
 * token is refused does not reconnect by itself. So throw {@link io.roomcast.chat.model.ServiceUnavailableException}
 * if the token could not be checked, because an identity provider, a key server or a database does not respond.
 *
 * <p>The client receives the code of a failure over HTTP and in the ack of {@code refreshToken}. During a Socket.IO
 * handshake, a code that is {@linkplain io.roomcast.chat.model.ErrorCode#retryable() retryable} is not sent: the
 * connection is closed without {@code connect_error}, and the client reconnects by itself. The exception is {@link
 * io.roomcast.chat.model.ErrorCode#TOKEN_EXPIRED}, which is sent, because the client needs a new token.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Returns the identity for a token.
     *
     * @param token the token that the client sent, never empty; it must not be logged
     * @return a principal with a user id, or a {@linkplain Principal#service service}; if its token has expired, the client receives {@link
     *     io.roomcast.chat.model.ErrorCode#TOKEN_EXPIRED}
     * @throws io.roomcast.chat.model.ChatException with {@link io.roomcast.chat.model.ErrorCode#UNAUTHENTICATED} or
     *     {@link io.roomcast.chat.model.ErrorCode#TOKEN_EXPIRED} to refuse the token; any other code is kept
     * @throws io.roomcast.chat.model.ServiceUnavailableException if the token cannot be checked now; the check
     *     fails with {@link io.roomcast.chat.model.ErrorCode#UNAVAILABLE}
     * @throws RuntimeException to refuse the token; the client receives {@link
     *     io.roomcast.chat.model.ErrorCode#UNAUTHENTICATED}, and the log names the exception's class only
     */
    Principal authenticate(String token);

    /**
     * Returns whether a token is evidence of its owner's identity. Returns true unless overridden. Called once, before
     * the server starts.
     *
     * <p>Return false in an authenticator that accepts any user id, as for a demonstration. The server then protects
     * itself like one without an authenticator: it listens on loopback only and accepts only host names of this
     * machine, unless the host configures otherwise.
     */
    default boolean verifies() {
        return true;
    }
}

package io.roomcast.chat.spi;

import io.roomcast.chat.model.Principal;

/**
 * Authenticates users by their tokens.
 *
 * <p>Called by threads kept for this purpose, several at once. So it may block without delaying connected users. After
 * five seconds the call is interrupted, and the client receives {@link io.roomcast.chat.model.ErrorCode#TIMEOUT}, which
 * it may retry. Tokens of connecting clients and refreshed tokens of connected clients wait in separate queues. An
 * empty token is refused without a call.
 *
 * <p>Any exception means that the token is refused, as token libraries throw exceptions of their own. Throw
 * {@link io.roomcast.chat.model.ServiceUnavailableException} if the token cannot be checked, because an identity
 * provider, a key server or a database does not answer. A client whose token is refused does not reconnect by itself.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * The owner of a token.
     *
     * @param token what the client sent, never empty; it must not be logged
     * @return who it is; the user's id must be known, and a proof that has ended is refused with
     *     {@link io.roomcast.chat.model.ErrorCode#TOKEN_EXPIRED}
     * @throws io.roomcast.chat.model.ChatException with {@link io.roomcast.chat.model.ErrorCode#UNAUTHENTICATED} or
     *     {@link io.roomcast.chat.model.ErrorCode#TOKEN_EXPIRED} for a refusal; another code is answered as it is
     * @throws io.roomcast.chat.model.ServiceUnavailableException if nothing can be said of the token now; the client is
     *     answered {@link io.roomcast.chat.model.ErrorCode#UNAVAILABLE} and may retry
     * @throws RuntimeException any other one for a token that is not accepted; the client is answered
     *     {@link io.roomcast.chat.model.ErrorCode#UNAUTHENTICATED}, and the log names the exception's class alone
     */
    Principal authenticate(String token);

    /**
     * Whether a token proves who its owner is. One that takes clients at their word, as for a demonstration, answers false:
     * a server with it guards itself as one without an authenticator, which listens on loopback alone and answers only to
     * names of this machine unless its host says otherwise. True unless overridden; asked once, before the server starts.
     */
    default boolean verifies() {
        return true;
    }
}

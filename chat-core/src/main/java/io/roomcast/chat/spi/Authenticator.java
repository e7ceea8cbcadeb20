package io.roomcast.chat.spi;

import io.roomcast.chat.model.Principal;

/**
 * Tells who somebody is from the token they bring.
 *
 * <p>Called by threads kept for this, several at once, so it may block without holding up anybody who is connected. After
 * five seconds the call is interrupted, and the client is answered
 * {@link io.roomcast.chat.model.ErrorCode#TIMEOUT}, which it may retry. Tokens of clients that connect, and those that
 * connected clients bring to stay, wait in queues of their own. An empty token is refused without a call.
 *
 * <p>Any exception means that the token is not accepted, as libraries that read tokens throw exceptions of their own. Throw
 * {@link io.roomcast.chat.model.ServiceUnavailableException} where that is not known, because an identity provider, a key
 * server or a database does not answer: a client that is refused for its token does not come back by itself.
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

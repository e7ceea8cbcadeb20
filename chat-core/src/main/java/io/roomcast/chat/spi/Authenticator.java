package io.roomcast.chat.spi;

import io.roomcast.chat.model.Principal;

/**
 * Tells who somebody is from the token they bring.
 *
 * <p>Called by a worker thread, so it may block; an answer that takes longer than ten seconds is a refusal. Nobody
 * without a token comes this far.
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
     *     {@link io.roomcast.chat.model.ErrorCode#TOKEN_EXPIRED} for a refusal; any other exception is a refusal that
     *     the client may retry
     */
    Principal authenticate(String token);
}

package io.roomcast.examples.chatserver;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.exceptions.TokenExpiredException;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.spi.Authenticator;
import java.time.Instant;

/**
 * Authenticates with JSON Web Tokens signed with HS256. The claim {@code sub} is the user's id, and the optional {@code
 * exp} ends the session. Safe for use by several threads; does not block.
 */
final class Hs256Authenticator implements Authenticator {
    private final JWTVerifier verifier;
    private final boolean verifies;

    /** Creates an authenticator that verifies signatures with the secret. */
    Hs256Authenticator(String secret) {
        this(Algorithm.HMAC256(secret), true);
    }

    private Hs256Authenticator(Algorithm signature, boolean verifies) {
        this.verifies = verifies;
        verifier = JWT.require(signature)
                .withClaim(
                        "sub",
                        (claim, token) ->
                                claim.asString() != null && !claim.asString().isBlank())
                .build();
    }

    /** Returns an authenticator for demonstrations, which accepts only unsigned tokens and trusts them. */
    static Hs256Authenticator ofUnsigned() {
        return new Hs256Authenticator(Algorithm.none(), false);
    }

    @Override
    public Principal authenticate(String token) {
        if (!TokenForm.isValid(token)) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        try {
            return principal(verifier.verify(token));
        } catch (TokenExpiredException expired) {
            throw ChatException.of(ErrorCode.TOKEN_EXPIRED);
        } catch (JWTVerificationException invalid) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
    }

    @Override
    public boolean verifies() {
        return verifies;
    }

    private static Principal principal(DecodedJWT token) {
        Principal user = Principal.of(token.getSubject());
        Instant end = token.getExpiresAtAsInstant();
        return end == null ? user : user.expiringAt(end);
    }
}

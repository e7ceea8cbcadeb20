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
import io.roomcast.chat.model.UserProfile;
import io.roomcast.chat.spi.Authenticator;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Authenticates with JSON Web Tokens signed with HS256. The claim {@code sub} is the user's id, and the optional {@code
 * exp} ends the session. The optional {@code name} and {@code picture} are what other users see. Safe for use by several
 * threads.
 */
final class Hs256Authenticator implements Authenticator {
    private final JWTVerifier verifier;
    private final boolean verifies;
    private final Consumer<UserProfile> onUser;

    /**
     * Creates an authenticator that verifies signatures with the secret.
     *
     * @param onUser receives what each valid token says of its user
     */
    Hs256Authenticator(String secret, Consumer<UserProfile> onUser) {
        this(Algorithm.HMAC256(secret), true, onUser);
    }

    private Hs256Authenticator(Algorithm signature, boolean verifies, Consumer<UserProfile> onUser) {
        this.verifies = verifies;
        this.onUser = onUser;
        verifier = JWT.require(signature)
                .withClaim(
                        "sub",
                        (claim, token) ->
                                claim.asString() != null && !claim.asString().isBlank())
                .build();
    }

    /** Returns an authenticator for demonstrations, which accepts only unsigned tokens and trusts them. */
    static Hs256Authenticator ofUnsigned(Consumer<UserProfile> onUser) {
        return new Hs256Authenticator(Algorithm.none(), false, onUser);
    }

    @Override
    public Principal authenticate(String token) {
        if (!TokenForm.isValid(token)) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        try {
            DecodedJWT verified = verifier.verify(token);
            onUser.accept(user(verified));
            return principal(verified);
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

    private static UserProfile user(DecodedJWT token) {
        return new UserProfile(
                token.getSubject(),
                token.getClaim("name").asString(),
                token.getClaim("picture").asString(),
                null);
    }

    private static Principal principal(DecodedJWT token) {
        Principal user = Principal.of(token.getSubject());
        Instant end = token.getExpiresAtAsInstant();
        return end == null ? user : user.expiringAt(end);
    }
}

package io.roomcast.examples.springboot;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.ServiceUnavailableException;
import io.roomcast.chat.spi.Authenticator;
import java.time.Instant;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.stereotype.Component;

/**
 * Lets in whom the web endpoints would let in: it asks the same decoder.
 *
 * <p>Any other failure of the decoder, such as keys that cannot be fetched just now, is no refusal: the client may try
 * again. Safe for use by several threads; blocks as long as the decoder does.
 */
@Component
final class JwtAuthenticator implements Authenticator {
    private final JwtDecoder decoder;

    JwtAuthenticator(JwtDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public Principal authenticate(String token) {
        try {
            return principal(decoder.decode(token));
        } catch (JwtValidationException outOfTime) {
            // The signature is good; all else that the decoder looks at is whether the token is in its time.
            throw ChatException.of(ErrorCode.TOKEN_EXPIRED);
        } catch (BadJwtException refused) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        } catch (JwtException unknown) {
            throw new ServiceUnavailableException("the keys that sign tokens cannot be had", unknown);
        }
    }

    private static Principal principal(Jwt token) {
        String userId = token.getSubject();
        if (userId == null) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        Principal user = Principal.of(userId);
        Instant end = token.getExpiresAt();
        return end == null ? user : user.expiringAt(end);
    }
}

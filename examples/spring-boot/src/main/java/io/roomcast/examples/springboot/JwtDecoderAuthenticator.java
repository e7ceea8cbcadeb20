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
 * Authenticates with the token decoder that also protects the web endpoints.
 *
 * <p>If the decoder cannot check a token, for example because keys cannot be fetched, the client may try again. Safe for use
 * by several threads; blocks as long as the decoder does.
 */
@Component
final class JwtDecoderAuthenticator implements Authenticator {
    private final JwtDecoder decoder;

    JwtDecoderAuthenticator(JwtDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public Principal authenticate(String token) {
        try {
            return principal(decoder.decode(token));
        } catch (JwtValidationException expired) {
            // The signature is valid, and the only other check of the decoder is the token's time.
            throw ChatException.of(ErrorCode.TOKEN_EXPIRED);
        } catch (BadJwtException invalid) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        } catch (JwtException undecided) {
            throw new ServiceUnavailableException("the keys that sign tokens are not available", undecided);
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

package io.roomcast.examples.springboot;

import java.util.Base64;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Rejects tokens whose parts are not canonical base64url without padding (RFC 7515, section 2), which Nimbus accepts.
 *
 * @param decoder decodes all other tokens
 */
record StrictDecoder(JwtDecoder decoder) implements JwtDecoder {
    private static final int PARTS = 3;

    @Override
    public Jwt decode(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS || !isCanonical(parts[0]) || !isCanonical(parts[1]) || !isCanonical(parts[2])) {
            throw new BadJwtException("the token is not in canonical base64url");
        }
        return decoder.decode(token);
    }

    private static boolean isCanonical(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}

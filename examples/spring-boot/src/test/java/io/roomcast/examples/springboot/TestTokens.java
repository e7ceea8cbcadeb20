package io.roomcast.examples.springboot;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Issues tokens, as a separate service would. */
record TestTokens(String secret) {
    static final String SECRET = "a secret for tests, long enough for HS256";

    private static final Duration LIFE = Duration.ofHours(1);

    static String of(String userId) {
        return new TestTokens(SECRET).issue(userId, "chat", Instant.now().plus(LIFE));
    }

    static String allowedToAnnounce(String userId) {
        return new TestTokens(SECRET).issue(userId, "announce", Instant.now().plus(LIFE));
    }

    static String allowedToOperate(String userId) {
        return new TestTokens(SECRET).issue(userId, "operate", Instant.now().plus(LIFE));
    }

    /** Returns a token that expired longer ago than the tolerated difference of clocks. */
    static String ended(String userId) {
        return new TestTokens(SECRET).issue(userId, "chat", Instant.now().minus(LIFE));
    }

    static String forged(String userId) {
        return new TestTokens("another secret, which is long enough too")
                .issue(userId, "chat", Instant.now().plus(LIFE));
    }

    /** Returns a correctly signed token with any header and claims, which may be malformed. */
    static String signed(String header, String claims) throws GeneralSecurityException {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String parts = base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return parts + "." + base64.encodeToString(mac.doFinal(parts.getBytes(StandardCharsets.UTF_8)));
    }

    private String issue(String userId, String scope, Instant end) {
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .subject(userId)
                .claim("scope", scope)
                .issuedAt(end.minus(LIFE))
                .expiresAt(end)
                .build();
        JwsHeader header = JwsHeader.with(MacAlgorithm.HS256).build();
        SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        return new NimbusJwtEncoder(new ImmutableSecret<>(key))
                .encode(JwtEncoderParameters.from(header, claims))
                .getTokenValue();
    }
}

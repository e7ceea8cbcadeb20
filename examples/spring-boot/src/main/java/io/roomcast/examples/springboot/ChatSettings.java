package io.roomcast.examples.springboot;

import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code chat.*} of the application. Immutable.
 *
 * @param port the port for Socket.IO clients, 0 to 65,535; 0 selects a free one
 * @param allowedOrigins the origins of web pages that may connect
 * @param tokenSecret the secret that verifies tokens, at least 32 bytes; there is no default
 */
@ConfigurationProperties("chat")
record ChatSettings(
        @DefaultValue("3001") int port,
        @DefaultValue("http://localhost:3000") List<String> allowedOrigins,
        String tokenSecret) {
    private static final int SECRET_BYTES = 32;

    ChatSettings(int port, List<String> allowedOrigins, @Nullable String tokenSecret) {
        if (tokenSecret == null || bytes(tokenSecret).length < SECRET_BYTES) {
            throw new IllegalArgumentException("chat.token-secret (expected: at least " + SECRET_BYTES + " bytes)");
        }
        this.port = port;
        this.allowedOrigins = List.copyOf(allowedOrigins);
        this.tokenSecret = tokenSecret;
    }

    SecretKey tokenKey() {
        return new SecretKeySpec(bytes(tokenSecret), "HmacSHA256");
    }

    private static byte[] bytes(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the properties without the secret, so that they can be logged. */
    @Override
    public String toString() {
        return "ChatSettings[port=" + port + ", allowedOrigins=" + allowedOrigins + "]";
    }
}

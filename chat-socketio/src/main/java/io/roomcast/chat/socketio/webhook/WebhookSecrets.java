package io.roomcast.chat.socketio.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs calls, once with each secret, so that a receiver accepts them while it changes its secret. Immutable. */
final class WebhookSecrets {
    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private final List<SecretKeySpec> keys;

    /** Takes secrets that {@link #isValid}. */
    WebhookSecrets(List<String> secrets) {
        keys = secrets.stream()
                .map(secret -> new SecretKeySpec(decode(secret), ALGORITHM))
                .toList();
    }

    /** Returns whether a secret is {@code whsec_} and 24 to 64 bytes in Base64. */
    static boolean isValid(String secret) {
        try {
            int length = decode(secret).length;
            return secret.startsWith(PREFIX) && length >= MIN_BYTES && length <= MAX_BYTES;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static byte[] decode(String secret) {
        return Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
    }

    /** Returns the signatures of a call, separated by spaces. */
    String sign(String id, long timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return keys.stream().map(key -> VERSION + sign(key, head, body)).collect(Collectors.joining(" "));
    }

    private static String sign(SecretKeySpec key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

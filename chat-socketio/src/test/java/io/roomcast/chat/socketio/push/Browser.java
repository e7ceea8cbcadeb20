package io.roomcast.chat.socketio.push;

import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.PushResult;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * The keys of a browser's subscription, in base64url.
 *
 * @param publicKey what the server calls {@code p256dh}
 * @param privateKey what only the browser has
 * @param auth the secret of both
 */
public record Browser(String publicKey, String privateKey, String auth) {
    /** Returns a browser with new keys. */
    public static Browser create() {
        VapidKeys pair = VapidKeys.generate();
        byte[] auth = new byte[16];
        new SecureRandom().nextBytes(auth);
        return new Browser(
                pair.publicKey(),
                pair.privateKey(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(auth));
    }

    /** Returns the keys that a client registers. */
    public Map<String, String> keys() {
        return Map.of("p256dh", publicKey, "auth", auth);
    }

    /** Returns the device with an endpoint. */
    public PushDevice device(String endpoint) {
        return new PushDevice("device", "ann", "web", endpoint, keys(), null, null, Instant.EPOCH, 0);
    }

    /** Returns a notification about a message. */
    public static PushMessage message(String title, String body) {
        return new PushMessage(
                PushMessage.Type.MESSAGE,
                "room:7",
                "dG9waWM",
                "room",
                7,
                "message-7",
                3,
                12L,
                title,
                body,
                Map.of(),
                PushMessage.Urgency.NORMAL,
                Duration.ofHours(1));
    }

    /** Returns an answer as a test expects it: the outcome, the time and the reason. */
    static String text(PushResult result) {
        return result.outcome()
                + (result.retryAfter() == null ? "" : " after " + result.retryAfter())
                + (result.reason().isEmpty() ? "" : ": " + result.reason());
    }
}

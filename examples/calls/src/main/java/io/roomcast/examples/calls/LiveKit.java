package io.roomcast.examples.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.SfuTicket;
import io.roomcast.chat.spi.SfuConnector;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lets the participants of a call into its room at LiveKit, by a token that LiveKit verifies: a JWT, signed with HMAC-SHA256
 * by the secret that both share. The room has the id of the call, and the participant that of the call's participant, so
 * LiveKit learns of no user. Safe for use by any thread.
 *
 * <pre>{@code
 * CallOptions.of(IceServers.none()).withSfu(new LiveKit("wss://livekit.example.com", key, secret))
 * }</pre>
 */
public final class LiveKit implements SfuConnector {
    /** How long a device has to connect. LiveKit keeps a connection for longer, and renews its token. */
    private static final Duration VALIDITY = Duration.ofMinutes(10);

    private static final String HEADER = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+");

    private final String url;
    private final String key;
    private final SecretKeySpec secret;

    /**
     * Creates a connector. It needs no connection to LiveKit.
     *
     * @param url the address at which browsers connect, such as {@code wss://livekit.example.com}
     * @param key the name of the API key in LiveKit's configuration: letters, digits, hyphens and underscores
     * @param secret the secret of the key
     * @throws IllegalArgumentException if the key has other characters, or the secret is empty
     */
    public LiveKit(String url, String key, String secret) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("key: expected letters, digits, hyphens and underscores");
        }
        this.url = url;
        this.key = key;
        this.secret = new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256");
    }

    @Override
    public SfuTicket ticket(Call call, CallPeer participant, Instant now) {
        Instant expiresAt = now.plus(VALIDITY);
        return new SfuTicket(
                "livekit", url, token(call.callId(), participant.participantId(), now, expiresAt), expiresAt);
    }

    /** The ids of calls and participants contain no character that JSON escapes. */
    private String token(String room, String identity, Instant now, Instant expiresAt) {
        String claims = """
                {"iss":"%s","sub":"%s","nbf":%d,"exp":%d,\
                "video":{"room":"%s","roomJoin":true,"canPublish":true,"canSubscribe":true,"canPublishData":false}}""".formatted(key, identity, now.getEpochSecond(), expiresAt.getEpochSecond(), room);
        String signed = HEADER + "." + base64(claims.getBytes(UTF_8));
        return signed + "." + base64(signature(signed));
    }

    private byte[] signature(String text) {
        try {
            Mac mac = Mac.getInstance(secret.getAlgorithm());
            mac.init(secret);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

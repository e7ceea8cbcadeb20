package io.roomcast.chat.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.IceGrant;
import io.roomcast.chat.model.IceServer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Supplies TURN servers with credentials that expire. Safe for use by any thread. */
final class TurnServers implements IceServers {
    private static final Duration MIN_VALIDITY = Duration.ofMinutes(1);
    private static final Duration MAX_VALIDITY = Duration.ofDays(1);
    private static final String ALGORITHM = "HmacSHA1";

    private final String secret;
    private final Duration validity;
    private final List<String> urls;

    TurnServers(String secret, Duration validity, List<String> urls) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("secret: empty (expected: the secret of the TURN server)");
        }
        if (validity.compareTo(MIN_VALIDITY) < 0 || validity.compareTo(MAX_VALIDITY) > 0) {
            throw new IllegalArgumentException("validity: " + validity + " (expected: from 1 minute to 1 day)");
        }
        this.secret = secret;
        this.validity = validity;
        this.urls = urls;
    }

    /** Servers compare times in seconds. */
    @Override
    public IceGrant grant(Call call, CallPeer participant, Instant now) {
        long expiresAt = now.plus(validity).getEpochSecond();
        String username = expiresAt + ":" + call.callId() + "." + participant.index();
        return new IceGrant(
                List.of(new IceServer(urls, username, credential(username))), Instant.ofEpochSecond(expiresAt));
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    private String credential(String username) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

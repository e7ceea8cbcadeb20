package io.roomcast.chat.socketio.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import io.roomcast.chat.model.StoredFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs the URLs of uploaded files in messages, so that a browser can load them without a token.
 *
 * <p>A signature is valid for one to two hours. It is the same for all clients within an hour, because an event is encoded
 * once for all of them. Safe for use by any thread.
 */
public final class FileLinks {
    private static final String ALGORITHM = "HmacSHA256";
    private static final long PERIOD_SECONDS = 3_600;

    private final Clock clock;

    @Nullable
    private volatile SecretKeySpec key;

    /** Creates links that have no signature until there is a key. */
    public FileLinks(Clock clock) {
        this.clock = clock;
    }

    /** Returns links that have no signature. */
    public static FileLinks none() {
        return new FileLinks(Clock.systemUTC());
    }

    /** Sets the key. */
    public void sign(byte[] secret) {
        // The secret has other uses, too.
        key = new SecretKeySpec(hash(new SecretKeySpec(secret, ALGORITHM), "links to files"), ALGORITHM);
    }

    /** Lets the generator sign the URLs of files that are written from now on. Call it before the message is begun. */
    public void attachTo(JsonGenerator json) {
        if (key != null) {
            json.assignCurrentValue(this);
        }
    }

    /** Returns the URL to write for that of a message, which is signed if it is an uploaded file's. */
    public static String url(JsonGenerator json, String fileUrl) {
        if (!fileUrl.startsWith(StoredFile.PATH)) {
            return fileUrl;
        }
        JsonStreamContext context = json.getOutputContext();
        while (context != null) {
            if (context.getCurrentValue() instanceof FileLinks links) {
                return StoredFile.idOf(fileUrl).map(links::signed).orElse(fileUrl);
            }
            context = context.getParent();
        }
        return fileUrl;
    }

    /** Returns the signed URL of a file. */
    public String signed(String fileId) {
        SecretKeySpec secret = key;
        String url = StoredFile.PATH + fileId;
        if (secret == null) {
            return url;
        }
        long expiry = (clock.instant().getEpochSecond() / PERIOD_SECONDS + 2) * PERIOD_SECONDS;
        return url + "?e=" + expiry + "&s=" + signature(secret, fileId, String.valueOf(expiry));
    }

    /** Returns whether the signature of a file's URL is valid now. */
    public boolean isValid(String fileId, String expiry, String signature) {
        SecretKeySpec secret = key;
        return secret != null && isAhead(expiry) && isEqual(signature(secret, fileId, expiry), signature);
    }

    private boolean isAhead(String expiry) {
        try {
            return clock.instant().getEpochSecond() < Long.parseLong(expiry);
        } catch (NumberFormatException malformed) {
            return false;
        }
    }

    private static boolean isEqual(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(SecretKeySpec key, String fileId, String expiry) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash(key, fileId + ":" + expiry));
    }

    private static byte[] hash(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}

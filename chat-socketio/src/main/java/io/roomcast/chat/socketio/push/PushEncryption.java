package io.roomcast.chat.socketio.push;

import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.jwt.DefaultVAPIDJWTGeneratorFactory;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import com.zerodeplibs.webpush.key.InvalidECPublicKeyException;
import com.zerodeplibs.webpush.key.KeyExtractionException;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import io.roomcast.chat.model.ChatException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts messages (RFC 8291) and signs requests (RFC 8292) with the library for them. The only class that names its
 * types. Safe for use by any thread.
 */
final class PushEncryption {
    private static final String P256DH = "p256dh";
    private static final String AUTH = "auth";
    private static final int POINT_BYTES = 65;
    private static final byte UNCOMPRESSED = 4;
    private static final int AUTH_BYTES = 16;

    /** A push service accepts at most 24 hours. */
    private static final int TOKEN_HOURS = 12;

    private final VAPIDKeyPair keys;
    private final String subject;

    PushEncryption(VapidKeys keys, String subject) {
        this.keys = VAPIDKeyPairs.of(
                PrivateKeySources.ofECPrivateKey(keys.privateKeyObject()),
                PublicKeySources.ofECPublicKey(keys.publicKeyObject()),
                (privateKey, publicKey) -> new DefaultVAPIDJWTGeneratorFactory().create(privateKey, publicKey));
        this.subject = subject;
    }

    /**
     * Checks the keys of a subscription.
     *
     * @throws ChatException with the name of the field
     */
    static void check(Map<String, String> keys) {
        UserAgentMessageEncryptionKeyInfo unused = read(keys);
    }

    private static UserAgentMessageEncryptionKeyInfo read(Map<String, String> keys) {
        byte[] point = decode(keys.get(P256DH), P256DH, POINT_BYTES);
        byte[] secret = decode(keys.get(AUTH), AUTH, AUTH_BYTES);
        try {
            if (point[0] == UNCOMPRESSED) {
                return UserAgentMessageEncryptionKeyInfo.of(point, secret);
            }
        } catch (InvalidECPublicKeyException | KeyExtractionException | IllegalArgumentException invalid) {
            // Reported below.
        }
        throw ChatException.invalid("keys." + P256DH, "an uncompressed point on the curve P-256");
    }

    private static byte[] decode(@Nullable String text, String name, int bytes) {
        try {
            byte[] decoded = text == null ? new byte[0] : Base64.getUrlDecoder().decode(text);
            if (decoded.length == bytes) {
                return decoded;
            }
        } catch (IllegalArgumentException malformed) {
            // Reported below.
        }
        throw ChatException.invalid("keys." + name, bytes + " bytes in base64url");
    }

    /**
     * Returns a payload as a subscription can decrypt it.
     *
     * @throws ChatException as {@link #check}
     */
    static byte[] encrypt(Map<String, String> keys, byte[] payload) {
        return MessageEncryptions.of()
                .encrypt(read(keys), com.zerodeplibs.webpush.PushMessage.of(payload))
                .toBytes();
    }

    /** Returns the header {@code Authorization} for requests to an origin. */
    String authorization(String origin) {
        return keys.generateAuthorizationHeaderValue(VAPIDJWTParam.getBuilder()
                .resourceURLString(origin)
                .expiresAfter(TOKEN_HOURS, TimeUnit.HOURS)
                .subject(subject)
                .build());
    }
}

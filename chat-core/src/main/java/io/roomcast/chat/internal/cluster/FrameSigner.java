package io.roomcast.chat.internal.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** Signs bytes together with the name of their channel: the first 16 bytes of HMAC-SHA256. For one thread at a time. */
final class FrameSigner {
    /** The length of a signature in bytes: {@value}. */
    static final int LENGTH = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_LENGTH = 32;

    private final Mac mac;
    private final byte[] signature = new byte[MAC_LENGTH];

    FrameSigner(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(ALGORITHM + " is not available", impossible);
        }
    }

    /** Returns the signature, in an array that the next call uses again. Only its first 16 bytes are used. */
    byte[] sign(byte[] bytes, int length, String channel) {
        mac.update(bytes, 0, length);
        mac.update(channel.getBytes(UTF_8));
        try {
            mac.doFinal(signature, 0);
        } catch (ShortBufferException impossible) {
            throw new IllegalStateException("a signature has more than " + MAC_LENGTH + " bytes", impossible);
        }
        return signature;
    }

    /** Returns whether the bytes end with the signature of those before it. Takes the same time for any signature. */
    boolean isSigned(byte[] bytes, String channel) {
        int length = bytes.length - LENGTH;
        byte[] expected = sign(bytes, length, channel);
        int difference = 0;
        for (int i = 0; i < LENGTH; i++) {
            difference |= expected[i] ^ bytes[length + i];
        }
        return difference == 0;
    }
}

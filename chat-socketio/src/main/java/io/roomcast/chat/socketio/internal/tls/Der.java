package io.roomcast.chat.socketio.internal.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Encodes the subset of ASN.1 DER (X.690) that keys in older forms need. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xa0;
    private static final int LONG_FORM = 0x80;
    private static final int BYTE = 0xff;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private Der() {}

    /** Wraps an RSA key (PKCS #1) in PKCS #8. */
    static byte[] ofRsa(byte[] key) {
        return element(SEQUENCE, VERSION, RSA, element(OCTETS, key));
    }

    /**
     * Wraps an elliptic curve key (SEC 1) in PKCS #8.
     *
     * @throws IllegalArgumentException if the key does not name its curve
     */
    static byte[] ofEc(byte[] key) {
        return element(SEQUENCE, VERSION, element(SEQUENCE, EC, curve(key)), element(OCTETS, key));
    }

    private static byte[] curve(byte[] key) {
        int at = contentAt(key, 0);
        while (at < key.length) {
            int content = contentAt(key, at);
            int end = content + length(key, at);
            if ((key[at] & BYTE) == PARAMETERS && end <= key.length) {
                return Arrays.copyOfRange(key, content, end);
            }
            at = end;
        }
        throw new IllegalArgumentException("the EC key does not name its curve");
    }

    private static int contentAt(byte[] der, int at) {
        int first = byteAt(der, at + 1);
        return at + 2 + (first < LONG_FORM ? 0 : first - LONG_FORM);
    }

    private static int length(byte[] der, int at) {
        int first = byteAt(der, at + 1);
        if (first < LONG_FORM) {
            return first;
        }
        int length = 0;
        for (int i = at + 2; i < contentAt(der, at); i++) {
            length = length << Byte.SIZE | byteAt(der, i);
        }
        if (length < 0 || length > der.length) {
            throw new IllegalArgumentException("an element of the key is longer than the key");
        }
        return length;
    }

    private static int byteAt(byte[] der, int at) {
        if (at >= der.length) {
            throw new IllegalArgumentException("the key is cut off");
        }
        return der[at] & BYTE;
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        writeLength(whole, content.size());
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < LONG_FORM) {
            out.write(length);
            return;
        }
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + Byte.SIZE - 1) / Byte.SIZE;
        out.write(LONG_FORM | bytes);
        for (int i = bytes - 1; i >= 0; i--) {
            out.write(length >> (i * Byte.SIZE));
        }
    }
}

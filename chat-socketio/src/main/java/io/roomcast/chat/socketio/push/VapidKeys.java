package io.roomcast.chat.socketio.push;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The keys by which push services recognize this server (RFC 8292). Create them once, and give all servers of a chat the
 * same: a browser binds its subscription to the public key, so with others it has to subscribe again.
 *
 * <p>Both have the form of other libraries for Web Push: base64url without padding. The text form does not contain the
 * private key. Immutable.
 */
public final class VapidKeys {
    private static final String CURVE = "secp256r1";
    private static final String ALGORITHM = "EC";
    private static final int COORDINATE_BYTES = 32;
    private static final int POINT_BYTES = 1 + 2 * COORDINATE_BYTES;
    private static final byte UNCOMPRESSED = 4;
    private static final String EXPECTED =
            "publicKey and privateKey: expected 65 and 32 bytes in base64url, which are a pair";

    private final ECPublicKey publicKey;
    private final ECPrivateKey privateKey;

    private VapidKeys(ECPublicKey publicKey, ECPrivateKey privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /** Returns new random keys. */
    public static VapidKeys generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec(CURVE));
            KeyPair pair = generator.generateKeyPair();
            return new VapidKeys((ECPublicKey) pair.getPublic(), (ECPrivateKey) pair.getPrivate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Returns known keys.
     *
     * @param publicKey the uncompressed point, 65 bytes, in base64url
     * @param privateKey the private value, 32 bytes, in base64url
     * @throws IllegalArgumentException for others, and if they are no pair; the message does not repeat them
     */
    public static VapidKeys of(String publicKey, String privateKey) {
        requireNonNull(publicKey, "publicKey");
        requireNonNull(privateKey, "privateKey");
        byte[] point = decode(publicKey, POINT_BYTES);
        byte[] value = decode(privateKey, COORDINATE_BYTES);
        try {
            VapidKeys keys = read(point, value);
            if (point[0] == UNCOMPRESSED && keys.isPair()) {
                return keys;
            }
        } catch (GeneralSecurityException invalid) {
            // The message is the same for all keys that cannot be used.
        }
        throw new IllegalArgumentException(EXPECTED);
    }

    private static byte[] decode(String text, int bytes) {
        try {
            byte[] decoded = Base64.getUrlDecoder().decode(text);
            if (decoded.length == bytes) {
                return decoded;
            }
        } catch (IllegalArgumentException malformed) {
            // The message is the same for all keys that cannot be used.
        }
        throw new IllegalArgumentException(EXPECTED);
    }

    private static VapidKeys read(byte[] point, byte[] value) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance(ALGORITHM);
        parameters.init(new ECGenParameterSpec(CURVE));
        ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE_BYTES));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE_BYTES, POINT_BYTES));
        KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
        return new VapidKeys(
                (ECPublicKey) factory.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve)),
                (ECPrivateKey) factory.generatePrivate(new ECPrivateKeySpec(new BigInteger(1, value), curve)));
    }

    /** Returns whether the public key verifies what the private key signs. */
    private boolean isPair() throws GeneralSecurityException {
        byte[] text = CURVE.getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(text);
        return signature.verify(signed);
    }

    /** Returns the public key, which browsers need to subscribe: 65 bytes in base64url without padding. */
    public String publicKey() {
        byte[] point = new byte[POINT_BYTES];
        point[0] = UNCOMPRESSED;
        copy(publicKey.getW().getAffineX(), point, 1);
        copy(publicKey.getW().getAffineY(), point, 1 + COORDINATE_BYTES);
        return encode(point);
    }

    /** Returns the private key, which is a secret: 32 bytes in base64url without padding. */
    public String privateKey() {
        byte[] value = new byte[COORDINATE_BYTES];
        copy(privateKey.getS(), value, 0);
        return encode(value);
    }

    /** Copies a number of up to 32 bytes, with leading zeros. */
    private static void copy(BigInteger number, byte[] target, int at) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, target, at + COORDINATE_BYTES - length, length);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    ECPublicKey publicKeyObject() {
        return publicKey;
    }

    ECPrivateKey privateKeyObject() {
        return privateKey;
    }

    /** Returns the public key. */
    @Override
    public String toString() {
        return "VapidKeys[publicKey=" + publicKey() + "]";
    }
}

package io.roomcast.chat.socketio.internal.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** Checks whether a private key and a public key belong together. */
final class KeyPairs {
    private static final byte[] SAMPLE = {1, 2, 3};
    private static final int SALT_BYTES = 32;

    private KeyPairs() {}

    static boolean match(PrivateKey privateKey, PublicKey publicKey) {
        try {
            Signature signature = signature(privateKey.getAlgorithm());
            signature.initSign(privateKey);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofDifferentKinds) {
            return false;
        }
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case "RSA" -> Signature.getInstance("SHA256withRSA");
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            case "RSASSA-PSS" -> {
                Signature signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(
                        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT_BYTES, 1));
                yield signature;
            }
            default -> Signature.getInstance(algorithm);
        };
    }
}

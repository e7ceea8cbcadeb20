package io.roomcast.chat.socketio.internal.tls;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/** Reads private keys in all forms that OpenSSL writes, and explains how to convert unusable ones. */
final class PemKey {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final List<String> CURVES = List.of("secp256r1", "secp384r1", "secp521r1");
    private static final String KINDS = "RSA, EC on P-256, P-384 or P-521, or Ed25519";

    private PemKey() {}

    /**
     * Returns the first private key of a file.
     *
     * @throws IllegalArgumentException if there is none that can be used
     */
    static PrivateKey read(PemFile file) {
        return file.blocks().stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .map(block -> key(file, block))
                .orElseThrow(() -> absent(file));
    }

    private static IllegalArgumentException absent(PemFile file) {
        return file.isBinary()
                ? file.refused("is not in the PEM form", command("openssl pkey -inform der -in", file))
                : file.refused("has no private key", "-----BEGIN PRIVATE KEY-----");
    }

    private static PrivateKey key(PemFile file, PemFile.Block block) {
        if (block.isEncrypted()) {
            throw file.refused("is encrypted", "a key without a pass phrase; " + command("openssl pkey -in", file));
        }
        if (block.label().startsWith("OPENSSH")) {
            throw file.refused(
                    "is in the form of OpenSSH",
                    "PEM; convert a copy with: ssh-keygen -p -N '' -m PEM -f " + file.path());
        }
        return encoded(block)
                .flatMap(PemKey::decode)
                .filter(PemKey::isOnSupportedCurve)
                .orElseThrow(() -> file.refused("has a key that cannot be used", "a key of " + KINDS));
    }

    private static String command(String begin, PemFile file) {
        return "convert it with: " + begin + " " + file.path() + " -out " + file.path() + ".new";
    }

    private static Optional<byte[]> encoded(PemFile.Block block) {
        try {
            return switch (block.label()) {
                case "PRIVATE KEY" -> Optional.of(block.der());
                case "RSA PRIVATE KEY" -> Optional.of(Der.ofRsa(block.der()));
                case "EC PRIVATE KEY" -> Optional.of(Der.ofEc(block.der()));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<PrivateKey> decode(byte[] encoded) {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> decode(algorithm, encoded).stream())
                .findFirst();
    }

    private static Optional<PrivateKey> decode(String algorithm, byte[] encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (InvalidKeySpecException | NoSuchAlgorithmException ofAnotherAlgorithm) {
            return Optional.empty();
        }
    }

    /** Returns whether Java's TLS supports the key's curve. Java reads keys on more curves than that. */
    private static boolean isOnSupportedCurve(PrivateKey key) {
        return !(key instanceof ECKey ec) || CURVES.stream().anyMatch(name -> isOn(ec, name));
    }

    private static boolean isOn(ECKey key, String curve) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve));
            ECParameterSpec known = parameters.getParameterSpec(ECParameterSpec.class);
            return known.getCurve().equals(key.getParams().getCurve());
        } catch (GeneralSecurityException unknown) {
            return false;
        }
    }
}

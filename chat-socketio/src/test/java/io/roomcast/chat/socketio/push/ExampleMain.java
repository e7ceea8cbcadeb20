package io.roomcast.chat.socketio.push;

import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Base64;
import java.util.Map;

/**
 * Encrypts the example of RFC 8291, and prints the result in base64url. Replaces all random numbers of its process by those
 * of the example, so it needs a process of its own.
 */
public final class ExampleMain {
    private static final String SALT = "DGv6ra1nlYgDCS1FRnbzlw";
    private static final VapidKeys SERVER = VapidKeys.of(
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
            "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
    private static final Map<String, String> BROWSER = Map.of(
            "p256dh",
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "auth",
            "BTBZMqHH6r4Tts7J_aSIgg");

    private ExampleMain() {}

    /** Runs the example. */
    public static void main(String[] arguments) {
        Security.insertProviderAt(new Example(), 1);
        byte[] encrypted = PushEncryption.encrypt(
                BROWSER, "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.UTF_8));
        System.out.println(Base64.getUrlEncoder().withoutPadding().encodeToString(encrypted));
    }

    private static final class Example extends Provider {
        private static final long serialVersionUID = 1;

        private Example() {
            super("Example", "1", "The random numbers of RFC 8291");
            put("SecureRandom.Example", Salt.class.getName());
            put("KeyPairGenerator.EC", ServerKeys.class.getName());
        }
    }

    /** Returns the salt of the example. */
    public static final class Salt extends SecureRandomSpi {
        private static final long serialVersionUID = 1;

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            byte[] salt = Base64.getUrlDecoder().decode(SALT);
            System.arraycopy(salt, 0, bytes, 0, Math.min(salt.length, bytes.length));
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            return new byte[count];
        }
    }

    /** Returns the keys of the example's server. */
    public static final class ServerKeys extends KeyPairGeneratorSpi {
        @Override
        public void initialize(int size, SecureRandom random) {}

        @Override
        public void initialize(AlgorithmParameterSpec parameters, SecureRandom random)
                throws InvalidAlgorithmParameterException {}

        @Override
        public KeyPair generateKeyPair() {
            return new KeyPair(SERVER.publicKeyObject(), SERVER.privateKeyObject());
        }
    }
}

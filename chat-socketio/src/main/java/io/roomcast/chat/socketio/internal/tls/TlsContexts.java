package io.roomcast.chat.socketio.internal.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/** Creates TLS contexts with current versions and cipher suites. All of them have forward secrecy. */
final class TlsContexts {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsContexts() {}

    static SslContext of(PrivateKey key, List<X509Certificate> chain) {
        try {
            return build(SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new)));
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "tls: the certificate cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    static SslContext ofKeyStore(KeyStore keys, char[] password) {
        try {
            checkKeys(keys, password);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password);
            return build(SslContextBuilder.forServer(factory));
        } catch (GeneralSecurityException | SSLException unusable) {
            throw new IllegalArgumentException(
                    "tls: the key store cannot be used: " + unusable.getMessage()
                            + " (expected: one that is loaded, and the password of its keys)",
                    unusable);
        }
    }

    private static void checkKeys(KeyStore keys, char[] password) throws GeneralSecurityException {
        boolean hasKey = false;
        for (String alias : Collections.list(keys.aliases())) {
            Key key = keys.isKeyEntry(alias) ? keys.getKey(alias, password) : null;
            if (key instanceof PrivateKey privateKey) {
                hasKey = true;
                if (!KeyPairs.match(privateKey, keys.getCertificate(alias).getPublicKey())) {
                    throw new IllegalArgumentException(
                            "tls: " + alias + " of the key store has a key and the certificate of another"
                                    + " (expected: a certificate of the same key)");
                }
            }
        }
        if (!hasKey) {
            throw new IllegalArgumentException(
                    "tls: the key store has no private key (expected: a key with its certificate chain)");
        }
    }

    private static SslContext build(SslContextBuilder builder) throws SSLException {
        return builder.protocols(VERSIONS)
                .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE)
                .build();
    }
}

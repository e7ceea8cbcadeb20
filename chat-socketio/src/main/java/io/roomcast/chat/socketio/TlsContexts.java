package io.roomcast.chat.socketio;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;

/** Makes contexts for TLS of today's versions. */
final class TlsContexts {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private TlsContexts() {}

    static SslContext ofPem(Path certificates, Path key) {
        try {
            return made(SslContextBuilder.forServer(certificates.toFile(), key.toFile()));
        } catch (IOException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "tls: " + certificates + ", " + key + " (expected: a certificate chain and its key, in PEM files)",
                    unusable);
        }
    }

    static SslContext ofKeyStore(KeyStore keys, char[] password) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password);
            return made(SslContextBuilder.forServer(factory));
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalArgumentException("tls: the key store cannot be used", unusable);
        }
    }

    private static SslContext made(SslContextBuilder builder) throws IOException {
        return builder.protocols(VERSIONS).build();
    }
}

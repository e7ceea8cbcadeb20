package io.roomcast.chat.socketio;

import static java.util.Objects.requireNonNull;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a server's certificate and key come from; what is named last counts. Not safe for use by several threads. */
final class TlsSource {
    @Nullable
    private Path certificates;

    @Nullable
    private Path key;

    @Nullable
    private KeyStore keys;

    private char[] password = {};

    void certificates(Path file) {
        certificates = requireNonNull(file, "certificates");
        keys = null;
    }

    void key(Path file) {
        key = requireNonNull(file, "key");
        keys = null;
    }

    void keyStore(KeyStore store, char[] secret) {
        keys = requireNonNull(store, "keys");
        password = requireNonNull(secret, "password").clone();
        certificates = null;
        key = null;
    }

    /**
     * What to serve with; empty for no TLS.
     *
     * @throws IllegalArgumentException if it cannot be read, is not complete, or Netty's options name another
     */
    Optional<SslContext> context(NettyOptions netty) {
        boolean isUnset = keys == null && certificates == null && key == null;
        if (netty.sslContext() != null && !isUnset) {
            throw new IllegalArgumentException("tls: set twice (expected: not together with netty's sslContext)");
        }
        return isUnset ? Optional.ofNullable(netty.sslContext()) : Optional.of(read());
    }

    private SslContext read() {
        if (keys != null) {
            return TlsContexts.ofKeyStore(keys, password);
        }
        if (certificates == null || key == null) {
            throw new IllegalArgumentException("tls: one file (expected: a certificate chain and its key)");
        }
        return TlsContexts.ofPem(certificates, key);
    }
}

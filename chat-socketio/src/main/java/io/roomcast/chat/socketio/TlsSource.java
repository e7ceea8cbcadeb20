package io.roomcast.chat.socketio;

import static java.util.Objects.requireNonNull;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
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
    private Duration interval = Duration.ofSeconds(10);

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

    /** Sets the interval between checks of the files. */
    void interval(Duration time) {
        interval = time;
    }

    /**
     * What to serve with; empty for no TLS.
     *
     * @throws IllegalArgumentException if it cannot be read, is not complete, or Netty's options name another
     */
    Optional<ServerTls> tls(NettyOptions netty) {
        SslContext ofHost = netty.sslContext();
        boolean isUnset = keys == null && certificates == null && key == null;
        if (ofHost != null && !isUnset) {
            throw new IllegalArgumentException("tls: set twice (expected: not together with netty's sslContext)");
        }
        if (isUnset) {
            return Optional.ofNullable(ofHost).map(context -> () -> context);
        }
        return Optional.of(read());
    }

    private ServerTls read() {
        if (keys != null) {
            SslContext context = TlsContexts.ofKeyStore(keys, password);
            return () -> context;
        }
        if (certificates == null || key == null) {
            throw new IllegalArgumentException("tls: one file (expected: a certificate chain and its key)");
        }
        return new PemTls(certificates, key, interval);
    }
}

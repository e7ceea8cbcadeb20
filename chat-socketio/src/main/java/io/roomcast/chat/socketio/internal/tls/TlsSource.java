package io.roomcast.chat.socketio.internal.tls;

import static java.util.Objects.requireNonNull;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects where a server's certificate and key are read from. PEM files replace a key store set before, and the other
 * way round. Not safe for use by several threads.
 */
public final class TlsSource {
    @Nullable
    private Path certificates;

    @Nullable
    private Path key;

    @Nullable
    private KeyStore keys;

    private char[] password = {};
    private Duration interval = Duration.ofSeconds(10);

    /** Sets the PEM file of the certificate chain. */
    public void certificates(Path file) {
        certificates = requireNonNull(file, "certificates");
        keys = null;
    }

    /** Sets the PEM file of the private key. */
    public void key(Path file) {
        key = requireNonNull(file, "key");
        keys = null;
    }

    /** Sets a key store and the password of its keys, which is copied. */
    public void keyStore(KeyStore store, char[] secret) {
        keys = requireNonNull(store, "keys");
        password = requireNonNull(secret, "password").clone();
        certificates = null;
        key = null;
    }

    /** Sets the interval between checks of the PEM files; ten seconds if unset. */
    public void interval(Duration interval) {
        this.interval = interval;
    }

    /**
     * Returns the TLS to serve with; empty without TLS. Reads files.
     *
     * @param ofHost the context that the host created itself, or null
     * @throws IllegalArgumentException if a file cannot be used or is missing, or a context of the host is set as well
     */
    public Optional<ServerTls> tls(@Nullable SslContext ofHost) {
        boolean isUnset = keys == null && certificates == null && key == null;
        if (ofHost != null && !isUnset) {
            throw new IllegalArgumentException("tls: set twice (expected: not together with netty's sslContext)");
        }
        if (isUnset) {
            return Optional.ofNullable(ofHost).map(context -> ServerTls.fixed(context, "the host's SslContext"));
        }
        return Optional.of(read());
    }

    private ServerTls read() {
        if (keys != null) {
            return ServerTls.fixed(TlsContexts.ofKeyStore(keys, password), "a key store");
        }
        if (certificates == null || key == null) {
            throw new IllegalArgumentException(
                    "tls: only one of the two files is set (expected: a certificate chain and its key)");
        }
        return new PemTls(certificates, key, interval);
    }
}

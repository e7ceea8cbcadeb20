package io.roomcast.chat.socketio.internal.tls;

import io.netty.handler.ssl.SslContext;

/** Supplies a server's TLS context. Safe for use by several threads. */
public interface ServerTls {
    /** Returns TLS with a context that never changes. */
    static ServerTls fixed(SslContext context, String source) {
        return new FixedTls(context, source);
    }

    /** Returns the TLS context for new connections; does not block. */
    SslContext context();

    /** Returns where the certificate is from, for the log; never a key or a password. */
    String source();

    /** Starts checking for new certificates, if supported. */
    default void start() {}

    /** Stops checking for new certificates. */
    default void stop() {}
}

package io.roomcast.chat.socketio;

import io.netty.handler.ssl.SslContext;

/** Supplies a server's TLS context. Safe for use by several threads. */
@FunctionalInterface
interface ServerTls {
    /** Returns the TLS context for new connections; does not block. */
    SslContext context();

    /** Starts checking for new certificates, if supported. */
    default void start() {}

    /** Stops checking for new certificates. */
    default void stop() {}
}

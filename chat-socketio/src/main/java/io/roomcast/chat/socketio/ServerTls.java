package io.roomcast.chat.socketio;

import io.netty.handler.ssl.SslContext;

/** What a server serves TLS with. Safe for use by several threads. */
@FunctionalInterface
interface ServerTls {
    /** Returns the context of new connections; does not block. */
    SslContext context();

    /** Looks for new certificates from now on, where it can. */
    default void start() {}

    /** Ends that. */
    default void stop() {}
}

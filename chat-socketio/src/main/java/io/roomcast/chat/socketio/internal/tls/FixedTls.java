package io.roomcast.chat.socketio.internal.tls;

import io.netty.handler.ssl.SslContext;

/**
 * TLS with one context for all connections.
 *
 * @param context the context
 * @param source where the certificate is from, for the log
 */
record FixedTls(SslContext context, String source) implements ServerTls {}

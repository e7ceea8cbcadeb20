package io.roomcast.chat.socketio;

import static java.util.Objects.requireNonNull;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/** Settings in terms of Netty, for hosts that know it; everything else is set without. Not safe for use by several threads. */
public final class NettyOptions {
    @Nullable
    private SslContext sslContext;

    NettyOptions() {}

    /**
     * Sets the context of TLS connections, such as one that reloads its certificates; no TLS if unset. It must be made for
     * a server and should allow no version before TLS 1.2. Never closed by the server.
     */
    public NettyOptions sslContext(SslContext sslContext) {
        this.sslContext = requireNonNull(sslContext, "sslContext");
        return this;
    }

    @Nullable
    SslContext sslContext() {
        return sslContext;
    }
}

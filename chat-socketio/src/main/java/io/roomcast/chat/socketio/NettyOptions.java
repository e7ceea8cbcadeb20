package io.roomcast.chat.socketio;

import static java.util.Objects.requireNonNull;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * Options in terms of Netty, for hosts that use Netty themselves. No other setting needs it. Not safe for use by several
 * threads.
 */
public final class NettyOptions {
    @Nullable
    private SslContext sslContext;

    NettyOptions() {}

    /**
     * Sets the TLS context of new connections, such as one that reloads its certificates; none by default. It must be
     * created for a server and should not allow versions before TLS 1.2. Cannot be combined with
     * {@link ChatServerBuilder#tls(java.nio.file.Path, java.nio.file.Path) tls}. The server never closes it.
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

package io.roomcast.chat.socketio.internal.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.roomcast.chat.socketio.internal.channel.NoRenegotiation;
import io.roomcast.chat.socketio.internal.http.ConnectionLog;
import io.roomcast.chat.socketio.internal.http.HttpDispatcher;
import io.roomcast.chat.socketio.internal.http.HttpServerContext;
import io.roomcast.chat.socketio.internal.http.StreamingRoute;
import io.roomcast.chat.socketio.internal.request.RequestDecoder;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets up the pipeline of each new connection. Closes connections of clients that have too many. */
public final class ConnectionInitializer extends ChannelInitializer<Channel> {
    private final ConnectionLog log = new ConnectionLog();
    private final HttpServerContext server;
    private final List<StreamingRoute> streamingRoutes;

    @Nullable
    private final Supplier<SslContext> tls;

    /**
     * Creates the initializer of a server.
     *
     * @param tls returns the TLS context of the next connection; null to accept connections without TLS
     */
    public ConnectionInitializer(HttpServerContext server, @Nullable Supplier<SslContext> tls) {
        this.server = server;
        this.streamingRoutes = server.streamingRoutes();
        this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!server.addresses().admit(channel)) {
            server.rejections().recordConnection();
            channel.close();
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            SslHandler handler = tls.get().newHandler(channel.alloc());
            pipeline.addLast(new NoRenegotiation(handler), handler);
        }
        pipeline.addLast(new HttpResponseEncoder());
        pipeline.addLast(new RequestDecoder(server.bounds(), streamingRoutes));
        pipeline.addLast(new HttpDispatcher(server, log));
    }
}

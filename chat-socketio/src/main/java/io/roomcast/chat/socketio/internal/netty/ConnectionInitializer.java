package io.roomcast.chat.socketio.internal.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.roomcast.chat.socketio.internal.channel.NoRenegotiation;
import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import io.roomcast.chat.socketio.internal.http.ConnectionLog;
import io.roomcast.chat.socketio.internal.http.HttpBounds;
import io.roomcast.chat.socketio.internal.http.HttpDispatcher;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.http.Origins;
import io.roomcast.chat.socketio.internal.http.RejectionLog;
import io.roomcast.chat.socketio.internal.http.RequestDecoder;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Wires a new connection with the transport's own handlers, in place of netty-socketio's. */
public final class ConnectionInitializer extends ChannelInitializer<Channel> {
    private final ConnectionLog log = new ConnectionLog();
    private final AddressLimiter addresses;
    private final Origins origins;
    private final List<HttpRoute> routes;
    private final HttpBounds bounds;
    private final RejectionLog refusals;

    @Nullable
    private final Supplier<SslContext> tls;

    /** Lets requests through to the routes, which are asked in order; over TLS if there is a context for it. */
    public ConnectionInitializer(
            AddressLimiter addresses,
            Origins origins,
            List<HttpRoute> routes,
            HttpBounds bounds,
            RejectionLog refusals,
            @Nullable Supplier<SslContext> tls) {
        this.addresses = addresses;
        this.origins = origins;
        this.tls = tls;
        this.routes = List.copyOf(routes);
        this.bounds = bounds;
        this.refusals = refusals;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!addresses.admit(channel)) {
            refusals.refusedConnection();
            channel.close();
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            SslHandler handler = tls.get().newHandler(channel.alloc());
            pipeline.addLast(new NoRenegotiation(handler), handler);
        }
        pipeline.addLast(new HttpResponseEncoder());
        pipeline.addLast(new RequestDecoder(bounds));
        pipeline.addLast(new HttpDispatcher(origins, addresses, routes, refusals, log));
    }
}

package io.roomcast.chat.socketio.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.roomcast.chat.socketio.internal.transport.Addresses;
import io.roomcast.chat.socketio.internal.transport.ConnectionLog;
import io.roomcast.chat.socketio.internal.transport.HttpGate;
import io.roomcast.chat.socketio.internal.transport.HttpRoute;
import io.roomcast.chat.socketio.internal.transport.Origins;
import io.roomcast.chat.socketio.internal.transport.RequestHeads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wires a new connection with the transport's own handlers, in place of netty-socketio's. */
public final class ConnectionInitializer extends ChannelInitializer<Channel> {
    private static final int MAX_LINE = 4096;
    private static final int MAX_HEADERS = 8192;

    private final ConnectionLog log = new ConnectionLog();
    private final Addresses addresses;
    private final Origins origins;
    private final List<HttpRoute> routes;
    private final int maxBody;

    @Nullable
    private final SslContext tls;

    /** Lets requests through to the routes, which are asked in order; over TLS if there is a context for it. */
    public ConnectionInitializer(
            Addresses addresses, Origins origins, List<HttpRoute> routes, int maxBody, @Nullable SslContext tls) {
        this.addresses = addresses;
        this.origins = origins;
        this.tls = tls;
        this.routes = List.copyOf(routes);
        this.maxBody = maxBody;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!addresses.admit(channel)) {
            channel.close();
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            pipeline.addLast(tls.newHandler(channel.alloc()));
        }
        pipeline.addLast(new HttpServerCodec(
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEADERS)));
        pipeline.addLast(new RequestHeads(maxBody));
        pipeline.addLast(new HttpObjectAggregator(maxBody, true));
        pipeline.addLast(new HttpGate(origins, addresses, routes, log));
    }
}

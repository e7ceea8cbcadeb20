package io.roomcast.chat.socketio.internal;

import com.corundumstudio.socketio.SocketIOChannelInitializer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.roomcast.chat.socketio.internal.transport.HttpGate;
import io.roomcast.chat.socketio.internal.transport.HttpRoute;
import io.roomcast.chat.socketio.internal.transport.Origins;
import io.roomcast.chat.socketio.internal.transport.RequestHeads;
import java.util.List;

/** Wires a new connection with the transport's own handlers, in place of netty-socketio's. */
public final class ConnectionInitializer extends SocketIOChannelInitializer {
    private static final int MAX_LINE = 4096;
    private static final int MAX_HEADERS = 8192;

    private final Origins origins;
    private final List<HttpRoute> routes;
    private final int maxBody;

    /** Lets requests through to the routes, which are asked in order. */
    public ConnectionInitializer(Origins origins, List<HttpRoute> routes, int maxBody) {
        this.origins = origins;
        this.routes = List.copyOf(routes);
        this.maxBody = maxBody;
    }

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new HttpServerCodec(
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEADERS)));
        pipeline.addLast(new RequestHeads(maxBody));
        pipeline.addLast(new HttpObjectAggregator(maxBody, true));
        pipeline.addLast(new HttpGate(origins, routes));
    }
}

package io.roomcast.examples.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;

/** Opens connections over WebSocket, without polling first. */
final class WebSocketDialer implements Dialer {
    private final Bootstrap bootstrap;
    private final InetSocketAddress server;

    WebSocketDialer(EventLoop loop, InetSocketAddress server) {
        this.server = server;
        this.bootstrap = Connections.bootstrap(loop);
    }

    @Override
    public ClientTransport dial(PacketHandler handler) {
        WebSocketClientTransport transport = new WebSocketClientTransport(server, handler);
        bootstrap.clone().handler(transport).connect(server).addListener((ChannelFutureListener) opened -> {
            if (!opened.isSuccess()) {
                handler.closed();
            }
        });
        return transport;
    }
}

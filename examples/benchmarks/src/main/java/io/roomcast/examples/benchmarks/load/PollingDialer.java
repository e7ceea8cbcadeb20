package io.roomcast.examples.benchmarks.load;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;

/** Opens connections over long-polling. */
final class PollingDialer implements Dialer {
    private final EventLoop loop;
    private final InetSocketAddress server;

    PollingDialer(EventLoop loop, InetSocketAddress server) {
        this.loop = loop;
        this.server = server;
    }

    @Override
    public ClientTransport dial(PacketHandler handler) {
        PollingClientTransport transport = new PollingClientTransport(Connections.bootstrap(loop), server, handler);
        transport.open();
        return transport;
    }
}

package io.roomcast.chat.socketio.internal.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Binds a port and owns its event loops. Not safe for use by several threads.
 *
 * <p>Creates netty-socketio's server only when it binds, because the constructor acquires resources that only a running
 * server can free.
 */
public final class NettyServer {
    private final String host;
    private final int port;
    private final int maxPayload;
    private final ConnectionInitializer connections;

    @Nullable
    private SocketIoBootstrap bootstrap;

    @Nullable
    private Channel listening;

    /**
     * Creates a server that does not listen yet.
     *
     * @param port the port; 0 to let the system choose one
     * @param maxPayload the maximum size of an inbound packet, in bytes
     */
    public NettyServer(String host, int port, int maxPayload, ConnectionInitializer connections) {
        this.host = host;
        this.port = port;
        this.maxPayload = maxPayload;
        this.connections = connections;
    }

    /**
     * Binds the port. Blocks until it is bound.
     *
     * @return the port
     * @throws IllegalStateException if the port cannot be bound; all resources are released then
     */
    public int bind() {
        bootstrap = new SocketIoBootstrap(host, port, maxPayload, connections);
        ChannelFuture bound = bootstrap.bind();
        bound.awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop();
            throw new IllegalStateException(
                    "cannot listen on " + host + ":" + port + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening = bound.channel();
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    /** Returns the name of Netty's transport, {@code epoll} or {@code nio}. */
    public String transport() {
        return bootstrap != null && bootstrap.isNative() ? "epoll" : "nio";
    }

    /** Stops accepting connections. Blocks until the port is free. */
    public void unbind() {
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
    }

    /** Shuts down the event loops after their queued tasks. Blocks. Does nothing if the port was never bound. */
    public void stop() {
        if (bootstrap != null) {
            bootstrap.stop();
            bootstrap = null;
        }
    }
}

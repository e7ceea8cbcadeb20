package io.roomcast.chat.socketio.internal.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Binds the port and owns the event loops. Creates the engine when started, because the engine's constructor acquires
 * resources that only a running engine can free. Not safe for use by several threads.
 */
public final class NettyServer {
    private final String host;
    private final int port;
    private final int maxPayload;
    private final ConnectionInitializer connections;

    @Nullable
    private Engine engine;

    @Nullable
    private Channel listening;

    /** A server that does not listen yet. */
    public NettyServer(String host, int port, int maxPayload, ConnectionInitializer connections) {
        this.host = host;
        this.port = port;
        this.maxPayload = maxPayload;
        this.connections = connections;
    }

    /**
     * Binds the port; blocks until it is bound.
     *
     * @return the port, which the system chose if it was to be 0
     * @throws IllegalStateException if it cannot be bound; everything is freed then
     */
    public int bind() {
        engine = new Engine(host, port, maxPayload, connections);
        ChannelFuture bound = engine.bind();
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
        return engine != null && engine.isNative() ? "epoll" : "nio";
    }

    /** Takes no more connections; blocks until the port is free. */
    public void unbind() {
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
    }

    /** Ends the event loops, after what they have to do now. Blocks; does nothing if there are none. */
    public void stop() {
        if (engine != null) {
            engine.stop();
            engine = null;
        }
    }
}

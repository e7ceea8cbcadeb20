package io.roomcast.chat.socketio.internal;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The netty-socketio server that all runs on: it binds the port and owns the event loops, while what happens on a
 * connection is the transport's own.
 *
 * <p>Its loops can be reached only while it binds, and ending them ourselves is what makes a stop quick.
 */
public final class NettyServer extends SocketIOServer {
    private static final int BACKLOG = 1024;
    private static final long STOP_SECONDS = 5;

    private final List<EventLoopGroup> loops = new ArrayList<>(2);
    private final ConnectionInitializer connections;

    @Nullable
    private Channel listening;

    /** A server that does not listen yet. */
    public NettyServer(String host, int port, int maxPayload, ConnectionInitializer connections) {
        super(configuration(host, port, maxPayload));
        this.connections = connections;
        setPipelineFactory(connections);
    }

    private static Configuration configuration(String host, int port, int maxPayload) {
        SocketConfig sockets = new SocketConfig();
        sockets.setReuseAddress(true);
        sockets.setAcceptBackLog(BACKLOG);
        Configuration configuration = new Configuration();
        configuration.setSocketConfig(sockets);
        configuration.setHostname(host);
        configuration.setPort(port);
        configuration.setUseLinuxNativeEpoll(Epoll.isAvailable());
        configuration.setBossThreads(1);
        configuration.setWorkerThreads(Runtime.getRuntime().availableProcessors());
        configuration.setMaxHttpContentLength(maxPayload);
        configuration.setMaxFramePayloadLength(maxPayload);
        configuration.setRandomSession(true);
        configuration.setAckMode(AckMode.MANUAL);
        configuration.setWebsocketCompression(false);
        configuration.setHttpCompression(false);
        configuration.setEnableCors(false);
        configuration.setAddVersionHeader(false);
        return configuration;
    }

    @Override
    protected void applyConnectionOptions(ServerBootstrap bootstrap) {
        super.applyConnectionOptions(bootstrap);
        loops.add(bootstrap.config().group());
        loops.add(bootstrap.config().childGroup());
    }

    /**
     * Binds the port; blocks until it is bound.
     *
     * @return the port, which the system chose if it was to be 0
     * @throws IllegalStateException if it cannot be bound; everything is freed then
     */
    public int bind() {
        ChannelFuture bound = (ChannelFuture) startAsync();
        bound.awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop();
            throw new IllegalStateException(
                    "cannot listen on " + getConfiguration().getHostname() + ":"
                            + getConfiguration().getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening = bound.channel();
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    /** Takes no more connections; blocks until the port is free. */
    public void unbind() {
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
    }

    /** Ends the event loops, after what they have to do now. Blocks; does nothing if there are none. */
    @Override
    public void stop() {
        if (loops.isEmpty()) {
            return;
        }
        loops.stream()
                .map(group -> group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS))
                .toList()
                .forEach(Future::awaitUninterruptibly);
        loops.clear();
        connections.stop();
    }
}

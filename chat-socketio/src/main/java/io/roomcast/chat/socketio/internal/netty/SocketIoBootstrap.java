package io.roomcast.chat.socketio.internal.netty;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOChannelInitializer;
import com.corundumstudio.socketio.SocketIOServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Binds a port with netty-socketio, but sets up connections with an initializer of this library.
 *
 * <p>The event loops and netty-socketio's initializer, which has a timer, are accessible only while it binds. This class
 * keeps references to them, so that {@link #stop} ends all of them.
 */
final class SocketIoBootstrap extends SocketIOServer {
    private static final int BACKLOG = 1024;
    private static final long STOP_SECONDS = 5;

    private final List<EventLoopGroup> loops = new ArrayList<>(2);
    private final List<SocketIOChannelInitializer> replacedInitializers = new ArrayList<>(1);
    private final ChannelHandler connections;
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    SocketIoBootstrap(String host, int port, int maxPayload, ChannelHandler connections) {
        super(configuration(host, port, maxPayload));
        this.connections = connections;
    }

    private static Configuration configuration(String host, int port, int maxPayload) {
        SocketConfig sockets = new SocketConfig();
        sockets.setReuseAddress(true);
        sockets.setAcceptBackLog(BACKLOG);
        Configuration configuration = new Configuration();
        configuration.setSocketConfig(sockets);
        configuration.setHostname(host);
        configuration.setPort(port);
        configuration.setUseLinuxNativeEpoll(NativeTransport.isUsable());
        configuration.setBossThreads(1);
        configuration.setWorkerThreads(Runtime.getRuntime().availableProcessors());
        configuration.setMaxHttpContentLength(maxPayload);
        configuration.setMaxFramePayloadLength(maxPayload);
        configuration.setJsonSupport(new UnusedJson());
        configuration.setRandomSession(true);
        configuration.setAckMode(AckMode.MANUAL);
        configuration.setWebsocketCompression(false);
        configuration.setHttpCompression(false);
        configuration.setEnableCors(false);
        configuration.setAddVersionHeader(false);
        return configuration;
    }

    /** Returns whether the event loops use Linux's native transport. */
    boolean isNative() {
        return getConfiguration().isUseLinuxNativeEpoll();
    }

    /** Binds the port. Returns a future that completes when it is bound. */
    ChannelFuture bind() {
        return (ChannelFuture) startAsync();
    }

    @Override
    protected void applyConnectionOptions(ServerBootstrap bootstrap) {
        super.applyConnectionOptions(bootstrap);
        loops.add(bootstrap.config().group());
        loops.add(requireNonNull(bootstrap.config().childGroup()));
        replacedInitializers.add(
                (SocketIOChannelInitializer) requireNonNull(bootstrap.config().childHandler()));
        bootstrap.childHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                open.add(channel);
                channel.pipeline().addLast(connections);
            }
        });
    }

    /**
     * Closes the connections, and shuts down the event loops after their queued tasks. Blocks for up to {@value
     * #STOP_SECONDS} seconds for each.
     */
    @Override
    public void stop() {
        // An event loop that is shut down while it runs its tasks ends without closing its connections.
        open.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        loops.stream()
                .map(group -> group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS))
                .toList()
                .forEach(Future::awaitUninterruptibly);
        loops.clear();
        replacedInitializers.forEach(SocketIOChannelInitializer::stop);
        replacedInitializers.clear();
    }
}

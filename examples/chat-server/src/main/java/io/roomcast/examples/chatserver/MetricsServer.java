package io.roomcast.examples.chatserver;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.roomcast.chat.socketio.metrics.MicrometerChatMetrics;
import io.roomcast.chat.spi.ChatMetrics;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves the metrics in Prometheus' text format on a separate port. Chat clients need no access to them, and a proxy in
 * front of the chat does not expose them.
 *
 * <p>One thread serves all connections and never blocks on one. Each connection has ten seconds for its request and
 * response, and the number of connections is limited.
 */
final class MetricsServer implements AutoCloseable {
    private static final int BACKLOG = 64;
    private static final int MAX_CONNECTIONS = 64;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ChatMetrics metrics = new MicrometerChatMetrics(registry);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final AtomicInteger connections = new AtomicInteger();
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("metrics", true), NioIoHandler.newFactory());
    private final MetricsAddress address;
    private final Duration timeout;
    private final Channel listening;

    private MetricsServer(MetricsAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
        listening = bind();
        collections.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    private Channel bind() {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        serve(connection);
                    }
                })
                .bind(new InetSocketAddress(address.listen().bindName(), address.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new StartException(
                    "CHAT_METRICS_PORT: " + address.port() + " cannot be opened: "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return bound.channel();
    }

    /**
     * Opens the port.
     *
     * @throws StartException if it cannot be opened
     */
    static MetricsServer open(MetricsAddress address) {
        return open(address, TIMEOUT);
    }

    /** Does the same with a time for each connection that is not {@link #TIMEOUT}. */
    static MetricsServer open(MetricsAddress address, Duration timeout) {
        return new MetricsServer(address, timeout);
    }

    private void serve(Channel connection) {
        connection.closeFuture().addListener(closed -> connections.decrementAndGet());
        if (connections.incrementAndGet() > MAX_CONNECTIONS) {
            connection.close();
            return;
        }
        var deadline =
                connection.eventLoop().schedule(() -> connection.close(), timeout.toMillis(), TimeUnit.MILLISECONDS);
        connection.closeFuture().addListener(closed -> deadline.cancel(false));
        connection
                .pipeline()
                .addLast(
                        new HttpServerCodec(),
                        new MetricsRequests(
                                address.listen().isLoopback(), () -> registry.scrape(MetricsRequests.FORMAT)));
    }

    /** Returns the metrics to register with the chat server. */
    ChatMetrics metrics() {
        return metrics;
    }

    /** Returns the URL, and which hosts may read it, for the ready line. */
    @Override
    public String toString() {
        int port = ((InetSocketAddress) listening.localAddress()).getPort();
        return address.listen().url("http", port).replaceFirst("/$", MetricsRequests.PATH) + ", " + address.listen();
    }

    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        collections.close();
        registry.close();
    }
}

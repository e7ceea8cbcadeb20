package io.roomcast.examples.benchmarks.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The minimal server on Netty, as a lower bound of the cost of a broadcast. */
public final class BareServer {
    private static final WebSocketServerProtocolConfig PROTOCOL = WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/socket.io/")
            .checkStartsWith(true)
            .build();

    private BareServer() {}

    /** Runs until the standard input is closed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, ioHandler());
        BareRooms rooms = new BareRooms(group.next());
        Channel listening = new ServerBootstrap()
                .group(group)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Pipeline(rooms))
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        Console.serve(((InetSocketAddress) listening.localAddress()).getPort());
        group.shutdownGracefully();
    }

    private static IoHandlerFactory ioHandler() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    private static final class Pipeline extends ChannelInitializer<Channel> {
        private final BareRooms rooms;

        Pipeline(BareRooms rooms) {
            this.rooms = rooms;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(65_536))
                    .addLast(new WebSocketServerProtocolHandler(PROTOCOL))
                    .addLast(new BareClient(rooms));
        }
    }
}

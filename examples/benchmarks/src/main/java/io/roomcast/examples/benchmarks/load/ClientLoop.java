package io.roomcast.examples.benchmarks.load;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The event loop that clients live on, for those who are on another thread. */
final class ClientLoop {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();

    EventLoop eventLoop() {
        return loop;
    }

    /** Blocks until the loop has done it. */
    void run(Runnable task) throws InterruptedException {
        loop.submit(task).sync();
    }

    /** Blocks until the loop has the answer. */
    <T> T call(Callable<T> task) throws InterruptedException {
        return loop.submit(task).sync().getNow();
    }

    /** Lets the loop do a last thing; blocks until it has ended, and all of its connections with it. */
    void end(Runnable farewell) {
        loop.execute(farewell);
        group.shutdownGracefully(100, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}

package io.roomcast.examples.benchmarks.load;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Runs tasks on the event loop of the clients, on behalf of another thread. */
final class ClientLoop {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();

    /** Returns the event loop. */
    EventLoop eventLoop() {
        return loop;
    }

    /** Runs a task on the event loop. Blocks until it is done. */
    void run(Runnable task) throws InterruptedException {
        loop.submit(task).sync();
    }

    /** Runs a task on the event loop. Blocks until it is done and returns its result. */
    <T> T call(Callable<T> task) throws InterruptedException {
        return loop.submit(task).sync().getNow();
    }

    /** Runs a last task and shuts the event loop down. Blocks until all connections are closed. */
    void shutDown(Runnable lastTask) {
        loop.execute(lastTask);
        group.shutdownGracefully(100, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}

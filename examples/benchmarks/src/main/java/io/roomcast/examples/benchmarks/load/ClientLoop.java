package io.roomcast.examples.benchmarks.load;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Runs tasks on the event loop of the clients, for callers on other threads. */
final class ClientLoop {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();

    EventLoop eventLoop() {
        return loop;
    }

    /** Runs the task and blocks until it has ended. */
    void run(Runnable task) throws InterruptedException {
        loop.submit(task).sync();
    }

    /** Runs the task and blocks until it has returned a result. */
    <T> T call(Callable<T> task) throws InterruptedException {
        return loop.submit(task).sync().getNow();
    }

    /** Runs a last task, and blocks until the loop and all of its connections have ended. */
    void end(Runnable lastTask) {
        loop.execute(lastTask);
        group.shutdownGracefully(100, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}

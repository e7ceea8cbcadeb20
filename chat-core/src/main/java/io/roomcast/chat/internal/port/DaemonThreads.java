package io.roomcast.chat.internal.port;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates daemon threads with a common name and a number. They do not keep the process alive. */
public final class DaemonThreads implements ThreadFactory {
    private final AtomicInteger created = new AtomicInteger();
    private final String name;

    /**
     * Creates a factory that has created no thread.
     *
     * @param name the common part of the threads' names
     */
    public DaemonThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, name + "-" + created.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}

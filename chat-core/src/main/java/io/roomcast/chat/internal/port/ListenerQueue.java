package io.roomcast.chat.internal.port;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.spi.ChatListener;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Calls the host's listener on a thread of its own, and drops what a slow listener cannot take. */
public final class ListenerQueue implements AutoCloseable {
    private static final ChatListener NOBODY = ChatListener.none();
    private static final int CAPACITY = 10_000;

    private final HostPort port = new HostPort("listener");
    private final ChatListener listener;
    private final AtomicLong missed = new AtomicLong();
    private final ThreadPoolExecutor thread;

    public ListenerQueue(ChatListener listener) {
        this.listener = listener;
        this.thread = new ThreadPoolExecutor(
                0,
                1,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(CAPACITY),
                new DaemonThreads("roomcast-listener"),
                (task, full) -> countMissed());
    }

    public void messageSent(Message message) {
        if (listener != NOBODY) {
            thread.execute(() -> port.run(() -> listener.onMessageSent(message)));
        }
    }

    private void countMissed() {
        long count = missed.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            port.note("is too slow and has missed " + count + " events");
        }
    }

    /** Lets the listener finish what waits for it, without waiting for that. */
    @Override
    public void close() {
        thread.shutdown();
    }
}

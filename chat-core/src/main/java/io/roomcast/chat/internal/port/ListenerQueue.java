package io.roomcast.chat.internal.port;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.spi.ChatListener;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Calls the host's listener on a separate thread. Drops events if the queue is full. Safe for use by any thread; never blocks. */
public final class ListenerQueue implements AutoCloseable {
    private static final ChatListener NONE = ChatListener.none();
    private static final int CAPACITY = 10_000;

    private final HostPort port = new HostPort("listener");
    private final ChatListener listener;
    private volatile Consumer<ChatEvent> followers = event -> {};
    private volatile Runnable erasure = () -> {};
    private final AtomicLong dropped = new AtomicLong();
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
                (task, full) -> countDropped());
    }

    /** Sets what receives each event first, on the calling thread; must not block. */
    public void onEvent(Consumer<ChatEvent> receiver) {
        followers = receiver;
    }

    /** Sets what runs after a user was erased, on the calling thread; must not block. */
    public void onErasure(Runnable receiver) {
        erasure = receiver;
    }

    /** Notifies the followers that a user was erased. */
    public void erased() {
        erasure.run();
    }

    /** Notifies the listener of a stored message. */
    public void messageSent(Message message) {
        if (listener != NONE) {
            thread.execute(() -> port.run(() -> listener.onMessageSent(message)));
        }
    }

    /** Notifies the listener and the followers of an event about something that is stored. */
    public void event(ChatEvent event) {
        followers.accept(event);
        if (listener != NONE) {
            thread.execute(() -> port.run(() -> listener.onEvent(event)));
        }
    }

    private void countDropped() {
        long count = dropped.incrementAndGet();
        if (Long.bitCount(count) == 1) { // a power of two
            port.warn("is too slow; dropped " + count + " events so far");
        }
    }

    /** Rejects further events. The listener still receives queued ones; does not wait for it. */
    @Override
    public void close() {
        thread.shutdown();
    }
}

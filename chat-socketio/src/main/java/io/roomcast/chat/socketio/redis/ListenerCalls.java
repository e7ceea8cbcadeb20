package io.roomcast.chat.socketio.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.spi.ClusterBus;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the listener from two threads, one call at a time. Safe for use by any thread. */
final class ListenerCalls {
    /** The maximum number of channels that are reported one by one: {@value}. */
    static final int MAX_LOST = 100_000;

    private static final Logger log = LoggerFactory.getLogger(RedisBus.class);

    private final ClusterBus.Listener listener;
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    /** Whether a frame in another channel than those is lost. */
    private final AtomicBoolean losesMany = new AtomicBoolean();

    @GuardedBy("this")
    private boolean isClosed;

    ListenerCalls(ClusterBus.Listener listener) {
        this.listener = listener;
    }

    /** Makes a call, unless closed. */
    synchronized void call(Consumer<ClusterBus.Listener> call) {
        if (isClosed) {
            return;
        }
        try {
            call.accept(listener);
        } catch (Throwable fault) {
            log.debug("the listener of the bus failed", fault);
        }
    }

    /** Records that a frame in a channel is lost. Never blocks. */
    void addLost(String channel) {
        if (lost.size() < MAX_LOST) {
            lost.add(channel);
        } else {
            losesMany.set(true);
        }
    }

    /** Reports the channels whose frames are lost. */
    void reportLost() {
        if (losesMany.getAndSet(false)) {
            lost.clear();
            call(ClusterBus.Listener::onManyUnacknowledged);
        }
        Iterator<String> channels = lost.iterator();
        while (channels.hasNext()) {
            String channel = channels.next();
            channels.remove();
            call(called -> called.onUnacknowledged(channel));
        }
    }

    /** Ends all calls. Waits for one that runs on another thread. */
    synchronized void close() {
        isClosed = true;
    }
}

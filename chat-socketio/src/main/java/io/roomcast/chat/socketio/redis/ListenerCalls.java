package io.roomcast.chat.socketio.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.spi.ClusterBus;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the listener from two threads, one call at a time. Safe for use by any thread. */
final class ListenerCalls {
    private static final Logger log = LoggerFactory.getLogger(RedisBus.class);

    private final ClusterBus.Listener listener;
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

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
        lost.add(channel);
    }

    /** Reports the channels whose frames are lost. */
    void reportLost() {
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

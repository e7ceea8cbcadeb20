package io.roomcast.chat.internal.room;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.ClusterEvent;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.MessageStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares rooms with the store after events of other nodes may be lost, and notifies other nodes of positions after
 * events of this node may be lost. Safe for use by any thread; never blocks.
 *
 * <p>Reads many positions with one call of the store, and makes at most ten calls a second. Repeats a failed call.
 */
final class Resync {
    private static final Logger log = LoggerFactory.getLogger(Resync.class);
    private static final int BATCH = 200;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** The conversations to read; true if other nodes are notified of the position. */
    @GuardedBy("this")
    private final Map<String, Boolean> waiting = new LinkedHashMap<>();

    @Nullable
    @GuardedBy("this")
    private Future<?> timer;

    @GuardedBy("this")
    private boolean reading;

    @GuardedBy("this")
    private boolean closed;

    private final RoomFeeds feeds;
    private final RemoteNodes remote;
    private final MessageStore store;
    private final Executor workers;
    private final SafeScheduler scheduler;
    private final Runnable onCompareAll;

    /**
     * Creates an idle instance.
     *
     * @param onCompareAll is called when all rooms are to be compared
     */
    Resync(
            RoomFeeds feeds,
            RemoteNodes remote,
            MessageStore store,
            Executor workers,
            SafeScheduler scheduler,
            Runnable onCompareAll) {
        this.onCompareAll = onCompareAll;
        this.feeds = feeds;
        this.remote = remote;
        this.store = store;
        this.workers = workers;
        this.scheduler = scheduler;
    }

    /** Compares all rooms of this node with the store, after a delay. */
    void compareAll(Duration delay) {
        onCompareAll.run();
        compare(feeds.conversationIds(), delay);
    }

    /** Compares rooms with the store, after a delay unless other reads wait already. */
    synchronized void compare(Collection<String> conversationIds, Duration delay) {
        conversationIds.forEach(id -> waiting.putIfAbsent(id, false));
        schedule(delay);
    }

    /** Notifies other nodes of the positions that the store has. */
    synchronized void announce(Collection<String> conversationIds) {
        conversationIds.forEach(id -> waiting.put(id, true));
        schedule(Duration.ZERO);
    }

    synchronized boolean isIdle() {
        return waiting.isEmpty() && !reading;
    }

    @GuardedBy("this")
    private void schedule(Duration delay) {
        if (timer == null && !reading && !waiting.isEmpty() && !closed) {
            timer = scheduler.schedule(delay, this::readOnWorker);
        }
    }

    private void readOnWorker() {
        Map<String, Boolean> batch = take();
        try {
            workers.execute(() -> end(batch, read(batch)));
        } catch (RuntimeException stopped) {
            end(batch, false);
        }
    }

    private synchronized Map<String, Boolean> take() {
        timer = null;
        reading = true;
        Map<String, Boolean> batch = new LinkedHashMap<>();
        Iterator<Map.Entry<String, Boolean>> oldest = waiting.entrySet().iterator();
        while (oldest.hasNext() && batch.size() < BATCH) {
            Map.Entry<String, Boolean> next = oldest.next();
            batch.put(next.getKey(), next.getValue());
            oldest.remove();
        }
        return batch;
    }

    private boolean read(Map<String, Boolean> batch) {
        try {
            Map<String, Position> heads = store.positions(batch.keySet());
            batch.forEach((id, announces) -> apply(id, heads.getOrDefault(id, Position.START), announces));
            return true;
        } catch (Throwable failure) {
            log.debug("could not compare {} rooms with the store", batch.size(), failure);
            return false;
        }
    }

    private void apply(String conversationId, Position head, boolean announces) {
        feeds.noteHead(conversationId, head);
        if (announces) {
            remote.publish(Channel.conversation(conversationId), new ClusterEvent.Head(conversationId, head));
        }
    }

    private synchronized void end(Map<String, Boolean> batch, boolean succeeded) {
        reading = false;
        if (!succeeded) {
            batch.forEach((id, announces) -> waiting.merge(id, announces, Boolean::logicalOr));
        }
        schedule(succeeded ? PAUSE : PAUSE_AFTER_FAILURE);
    }

    synchronized void close() {
        closed = true;
        waiting.clear();
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Returns the conversations that wait. */
    synchronized List<String> waiting() {
        return new ArrayList<>(waiting.keySet());
    }
}

package io.roomcast.chat.internal.room;

import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.ClusterLink;
import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.port.SafeScheduler;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects the rooms of this node with those of other nodes. Does nothing on a single node. Safe for use by any thread.
 *
 * <p>While the bus is not connected, the rooms are compared with the store at intervals.
 */
public final class Cluster implements AutoCloseable {
    private final RemoteNodes remote;
    private final RemoteEvents events;
    private final Resync resync;
    private final SafeScheduler scheduler;

    @Nullable
    private volatile ClusterLink link;

    private volatile boolean closed;

    Cluster(
            RemoteNodes remote,
            EventSender sender,
            RoomFeeds feeds,
            RoomSubscriptions subscriptions,
            ChatStore store,
            Execution execution) {
        this.remote = remote;
        this.scheduler = execution.scheduler();
        this.resync = new Resync(feeds, remote, store, execution.workers(), scheduler);
        this.events = new RemoteEvents(feeds, sender, store, resync);
        subscriptions.onLate(conversationId -> resync.compare(List.of(conversationId), Duration.ZERO));
    }

    /** Sets the listener that is called with receipts that other nodes recorded, on a thread of the bus. */
    public void onReceipt(Consumer<Receipt> listener) {
        events.onReceipt(listener);
    }

    /**
     * Joins the other nodes, unless the bus is that of a single node. Called once, before the first session opens.
     *
     * @param key the cluster's key
     */
    public void open(ClusterBus bus, byte[] key, Clock clock) {
        Duration interval = bus.pollInterval().orElse(null);
        if (interval == null) {
            return;
        }
        ClusterLink opened = new ClusterLink(bus, key, events, clock);
        link = opened;
        events.connect(opened);
        remote.connect(opened);
        opened.open();
        remote.subscribe(Channel.all());
        remote.subscribe(Channel.node(opened.self()));
        poll(interval);
    }

    private void poll(Duration interval) {
        if (closed) {
            return;
        }
        Future<?> unused = scheduler.schedule(interval, () -> {
            if (!remote.isConnected() && resync.isIdle()) {
                resync.compareAll(Duration.ZERO);
            }
            poll(interval);
        });
    }

    /** Leaves the other nodes. Blocks for at most a second. */
    @Override
    public void close() {
        closed = true;
        resync.close();
        ClusterLink opened = link;
        if (opened != null) {
            opened.close();
        }
    }
}

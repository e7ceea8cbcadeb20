package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Carries frames between the nodes of a cluster, and holds entries that describe what is present on each node.
 *
 * <p>The store remains the truth: nothing that is stored depends on the bus. A bus that loses, repeats or delays frames
 * costs time, and a notification that is not stored. A bus never alters a frame. The frames that one node publishes in
 * one channel arrive in their order.
 *
 * <p>No method blocks, and all methods are safe for use by any thread. None throws because of a failure of the network;
 * the listener is notified instead. No argument and no result is null. Channels, keys and node ids are text without
 * control characters. The chat signs its frames, but does not encrypt them.
 *
 * <p>An implementation extends {@code ClusterBusContract} in its tests.
 */
public interface ClusterBus extends AutoCloseable {
    /** Receives what happens on a bus. Called on a thread of the bus, one call at a time. It must not block. */
    interface Listener {
        /**
         * A frame was received, possibly one of this node.
         *
         * @param channel a channel that this node subscribed to
         * @param frame the bytes as they were published; the listener owns the array
         */
        void onFrame(String channel, byte[] frame);

        /**
         * The bus works: this node receives all channels that it subscribed to, and its frames are sent. Called once
         * after the start, and once after each {@link #onDisconnected}. Frames published in between may be lost.
         */
        void onConnected();

        /** The bus works no longer, and may have worked no longer for some seconds. It reconnects by itself. */
        void onDisconnected();

        /**
         * A frame of this node may be lost: the bus dropped it because too many waited, or lost the connection before it
         * was acknowledged. May be called once for several frames of one channel.
         */
        void onUnacknowledged(String channel);

        /** As {@link #onUnacknowledged}, but in more channels than the bus remembers: any frame may be lost. */
        void onManyUnacknowledged();
    }

    /**
     * Starts the bus. Returns before it is connected. If the other side cannot be reached, the bus retries until it is
     * closed. Called once, before all other methods except {@link #close}, {@link #pollInterval} and {@link #connects}.
     *
     * @param nodeId the id of this node, which no other node has
     */
    void open(String nodeId, Listener listener);

    /**
     * Continues under another id, after this node was disconnected for so long that others consider it gone. Its entries
     * move to the new id.
     *
     * @param nodeId the new id, which no other node has or had
     */
    void rename(String nodeId);

    /**
     * Sends a frame to all nodes that subscribed to a channel, including this one. Drops it while disconnected, or if
     * too many frames wait, and then calls {@link Listener#onUnacknowledged}.
     *
     * @param frame the bytes, which the caller does not change afterwards
     */
    void publish(String channel, byte[] frame);

    /**
     * Subscribes to channels until {@link #unsubscribe}, also over reconnections. A second subscription to a channel has
     * no effect.
     *
     * @return completes on any thread once frames of all these channels are received, which may be after the next
     *     reconnection; completes exceptionally if the bus is closed or the channels are unsubscribed before
     */
    CompletionStage<Void> subscribe(Collection<String> channels);

    /** Ends the subscriptions to channels. A few frames may still arrive. */
    void unsubscribe(Collection<String> channels);

    /**
     * Sets this node's entry under a key. It is written later, and again after a reconnection. Of several values the
     * newest wins.
     *
     * @param entry the bytes, which the caller does not change afterwards
     */
    void putEntry(String key, byte[] entry);

    /**
     * Removes this node's entry under a key, and reads the entries that are left, in one atomic step.
     *
     * @return the entries of other nodes by the ids of their nodes; completes exceptionally if disconnected, and the
     *     entry is then removed after the next reconnection
     */
    CompletionStage<Map<String, byte[]>> removeEntry(String key);

    /** Removes the entry of a node that is gone. Has no effect while disconnected. */
    void discardEntry(String key, String nodeId);

    /**
     * Reads the entries of all nodes under several keys.
     *
     * @return the entries by key, and by the id of their node; without the keys that have none; completes exceptionally
     *     if disconnected
     */
    CompletionStage<Map<String, Map<String, byte[]>>> readEntries(Collection<String> keys);

    /**
     * Keeps a value until it is taken, for a limited time. It is lost if the bus is disconnected.
     *
     * @param life the time after which the value is deleted, at least 1 ms
     */
    void keep(String key, byte[] value, Duration life);

    /**
     * Takes a kept value. Of several callers on several nodes only one receives it.
     *
     * @return the value, or empty if there is none; completes exceptionally if disconnected
     */
    CompletionStage<Optional<byte[]>> take(String key);

    /**
     * Returns the interval at which the chat compares the positions of its rooms with the store while this bus is not
     * connected. Empty if there are no other nodes. The default is 2 s.
     */
    default Optional<Duration> pollInterval() {
        return Optional.of(Duration.ofSeconds(2));
    }

    /** Returns whether this bus connects to other nodes once it is open. True unless it needs no connection. */
    default boolean connects() {
        return true;
    }

    /**
     * Removes the entries of this node, closes the connections and ends the threads. Waits for at most a second. A
     * second call has no effect, and the listener receives no call afterwards.
     */
    @Override
    void close();

    /** Returns the bus of a single node, which is the default. Sends and holds nothing. Always returns the same object. */
    static ClusterBus local() {
        return DetachedBus.LOCAL;
    }

    /**
     * Returns a bus that needs no server: nodes find the messages and changes of other nodes in the store, which each
     * node compares with its rooms at the given interval. Everything that is not stored, such as presence and typing,
     * remains local to a node, and so do {@code kick} and {@code revoke}.
     *
     * @param every the interval, at least 100 ms
     */
    static ClusterBus viaStore(Duration every) {
        return DetachedBus.viaStore(requireNonNull(every, "every"));
    }
}

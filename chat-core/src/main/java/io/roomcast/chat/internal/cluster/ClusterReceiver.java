package io.roomcast.chat.internal.cluster;

/**
 * Handles the events of other nodes. Called on a thread of the bus, one call at a time. A method must not block; an
 * exception is counted and logged, and has no other effect.
 */
public interface ClusterReceiver extends ClusterEvent.Visitor<Origin> {
    /**
     * This node receives all its channels again. Frames that others published while it was disconnected are lost, and so
     * are those that {@link ClusterLink#takeUnsent()} returns.
     */
    void onConnected();

    /** Frames are lost from now on, until {@link #onConnected}. */
    void onDisconnected();

    /**
     * Frames of this node may be lost although it is connected; {@link ClusterLink#takeUnsent()} returns their
     * conversations. Called once until they are taken.
     */
    void onUnsent();
}

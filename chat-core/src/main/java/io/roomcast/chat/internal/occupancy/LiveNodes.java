package io.roomcast.chat.internal.occupancy;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.cluster.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows the nodes whose states count. States of other nodes are kept for some time: such a node may have started just
 * now, or may only have been paused. Safe for use by any thread.
 */
final class LiveNodes {
    /** The calls of {@link #tick} after which the states of a node without a heartbeat are deleted. */
    static final int MAX_TICKS = 30;

    private final Set<NodeId> live = ConcurrentHashMap.newKeySet();

    /** The nodes that are not live, with the calls of {@link #tick} since. */
    @GuardedBy("this")
    private final Map<NodeId, Integer> others = new HashMap<>();

    boolean isLive(NodeId node) {
        return live.contains(node);
    }

    /** Adds a node. Returns whether it is new. */
    synchronized boolean add(NodeId node) {
        others.remove(node);
        return live.add(node);
    }

    /** Removes a node. Returns whether it was live. */
    synchronized boolean remove(NodeId node) {
        boolean wasLive = live.remove(node);
        if (wasLive) {
            others.put(node, 0);
        }
        return wasLive;
    }

    /** Records a state of a node that is not live. */
    synchronized void noteOther(NodeId node) {
        if (!live.contains(node)) {
            others.putIfAbsent(node, 0);
        }
    }

    /** Returns the nodes whose states are to be deleted. */
    synchronized List<NodeId> tick() {
        List<NodeId> ended = new ArrayList<>();
        others.replaceAll((node, ticks) -> ticks + 1);
        others.forEach((node, ticks) -> {
            if (ticks > MAX_TICKS) {
                ended.add(node);
            }
        });
        ended.forEach(others::remove);
        return ended;
    }
}

package io.roomcast.chat.internal.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.cluster.ControlEvent.Heartbeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which other nodes live, by their heartbeats. Safe for use by any thread; never blocks.
 *
 * <p>Time is counted in the calls of {@link #tick}, so that a changed clock or a pause of this node makes no other node
 * seem gone. A node that was disconnected judges the others only after some time.
 */
public final class ClusterMembership {
    /** The time between two calls of {@link #tick}. */
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    /** The ticks without a heartbeat after which a node is gone. */
    static final int GONE_TICKS = 5;

    /** The number of nodes from which on each sends fewer heartbeats. */
    private static final int MANY_NODES = 50;

    private static final Logger log = LoggerFactory.getLogger(ClusterMembership.class);

    /** A live node, and the tick of its last heartbeat. */
    private record Node(String name, long seenAt) {}

    @GuardedBy("this")
    private final Map<NodeId, Node> nodes = new HashMap<>();

    private final ClusterLink link;
    private final String ownName;

    @GuardedBy("this")
    private long now;

    @GuardedBy("this")
    private long judgesFrom;

    @GuardedBy("this")
    private long ticksAway;

    /**
     * Creates an instance that knows no other node.
     *
     * @param ownName the name that the operator gave to this node
     */
    public ClusterMembership(ClusterLink link, String ownName) {
        this.link = link;
        this.ownName = ownName;
    }

    /**
     * Sends a heartbeat, now that the bus is connected. After a long absence the others consider this node gone, so it
     * continues under a new id.
     *
     * @return whether this node has a new id
     */
    public boolean connected() {
        boolean isRenamed = endAbsence();
        if (isRenamed) {
            NodeId before = link.self();
            link.rename();
            link.unsubscribe(List.of(Channel.node(before)));
            CompletionStage<Void> unused = link.subscribe(List.of(Channel.node(link.self())));
        }
        sendHeartbeat();
        return isRenamed;
    }

    /** Records that this node was paused, so that it sent and received nothing. */
    public synchronized void paused(long ticks) {
        ticksAway += ticks;
    }

    private synchronized boolean endAbsence() {
        boolean isExpelled = ticksAway > GONE_TICKS;
        ticksAway = 0;
        judgesFrom = now + GONE_TICKS;
        return isExpelled;
    }

    /**
     * Sends a heartbeat if one is due. Called every {@link #INTERVAL}.
     *
     * @return the nodes that are gone since the last call
     */
    public List<NodeId> tick() {
        boolean isConnected = link.isConnected();
        advance(isConnected);
        if (isConnected && isDue()) {
            sendHeartbeat();
        }
        return isConnected ? takeGone() : List.of();
    }

    private synchronized void advance(boolean isConnected) {
        now++;
        ticksAway += isConnected ? 0 : 1;
    }

    private synchronized boolean isDue() {
        return now % stride() == 0;
    }

    /** Returns the ticks between two heartbeats of a node. */
    @GuardedBy("this")
    private int stride() {
        return Math.max(1, nodes.size() / MANY_NODES);
    }

    private void sendHeartbeat() {
        link.publish(Channel.all(), new Heartbeat(ownName, Frames.VERSION, false));
    }

    private synchronized List<NodeId> takeGone() {
        List<NodeId> gone = new ArrayList<>();
        long oldest = now - (long) GONE_TICKS * stride();
        if (now >= judgesFrom) {
            nodes.forEach((id, node) -> {
                if (node.seenAt() < oldest) {
                    gone.add(id);
                }
            });
            nodes.keySet().removeAll(gone);
        }
        return gone;
    }

    /** Records a heartbeat. Answers that of a new node immediately, so that it soon knows all others. */
    public void received(Heartbeat heartbeat, NodeId from) {
        if (add(heartbeat, from)) {
            log.info("node {} ({}) is in the cluster", heartbeat.nodeName(), from);
            if (heartbeat.nodeName().equals(ownName)) {
                log.warn("another node has the name of this one, {}", ownName);
            }
            sendHeartbeat();
        }
    }

    private synchronized boolean add(Heartbeat heartbeat, NodeId from) {
        return nodes.put(from, new Node(heartbeat.nodeName(), now)) == null;
    }

    /** Records that a node stops. */
    public synchronized void left(NodeId node) {
        nodes.remove(node);
    }

    /** Returns the other nodes that live now, with their names. */
    public synchronized Map<NodeId, String> live() {
        Map<NodeId, String> live = new HashMap<>();
        nodes.forEach((id, node) -> live.put(id, node.name()));
        return live;
    }

    /** Notifies the other nodes that this one stops. */
    public void leave() {
        link.publish(Channel.all(), new ControlEvent.NodeLeaving());
    }
}

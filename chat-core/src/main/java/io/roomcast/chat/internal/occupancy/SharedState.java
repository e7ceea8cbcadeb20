package io.roomcast.chat.internal.occupancy;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.cluster.NodeId;
import io.roomcast.chat.internal.cluster.NodeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the nodes report in one channel. Safe for use by any thread. */
final class SharedState {
    /**
     * The newest state of a node.
     *
     * @param period the period without an interruption of the bus in which the node sent it; 0 if it was only read, so
     *     that the bus may have lost a newer one
     */
    private record Report(NodeState state, long period) {}

    /** A state that replaces another; null for none. */
    record Change(@Nullable NodeState before, @Nullable NodeState after) {}

    private final NodeStates.Subject subject;

    /** States without users are kept too: an older state may arrive later. */
    @GuardedBy("this")
    private final Map<NodeId, Report> reports = new HashMap<>(4);

    /** Whether an announcement was made shortly before. */
    @GuardedBy("this")
    private boolean isPaused;

    /** Whether this node's state changed during the pause. */
    @GuardedBy("this")
    private boolean isChanged;

    /** Whether other nodes may believe that this one has users. */
    @GuardedBy("this")
    private boolean isAnnounced;

    SharedState(NodeStates.Subject subject) {
        this.subject = subject;
    }

    NodeStates.Subject subject() {
        return subject;
    }

    /** Sets a node's state. Returns null if the known one is newer. */
    synchronized @Nullable Change replace(NodeId node, NodeState state, long period) {
        Report before = reports.get(node);
        if (before != null && before.state().number() >= state.number()) {
            boolean isSame = before.state().number() == state.number();
            if (isSame && before.period() < period) {
                reports.put(node, new Report(state, period));
            }
            return null;
        }
        reports.put(node, new Report(state, period));
        return new Change(before == null ? null : before.state(), state);
    }

    /** Removes a node's state. Returns it, or null if there was none. */
    synchronized @Nullable NodeState remove(NodeId node) {
        Report removed = reports.remove(node);
        return removed == null ? null : removed.state();
    }

    /** Returns a node's state, or null. */
    synchronized @Nullable NodeState of(NodeId node) {
        Report report = reports.get(node);
        return report == null ? null : report.state();
    }

    /** Returns the states of the live nodes. */
    synchronized List<NodeState> all(LiveNodes nodes) {
        List<NodeState> states = new ArrayList<>(reports.size());
        reports.forEach((node, report) -> {
            if (nodes.isLive(node)) {
                states.add(report.state());
            }
        });
        return states;
    }

    /** Returns the nodes that have sent nothing in the period, and have no entry. */
    synchronized List<NodeId> unconfirmed(Set<NodeId> withEntries, long period) {
        List<NodeId> nodes = new ArrayList<>();
        reports.forEach((node, report) -> {
            if (report.period() < period && !withEntries.contains(node)) {
                nodes.add(node);
            }
        });
        return nodes;
    }

    /** Begins a pause, during which no further announcement is made. Returns false if there is one. */
    synchronized boolean tryBeginPause() {
        boolean begins = !isPaused;
        isChanged = isPaused;
        isPaused = true;
        return begins;
    }

    /** Ends the pause. Returns true, and begins the next one, if the state changed meanwhile. */
    synchronized boolean endPause() {
        boolean wasChanged = isChanged;
        isPaused = wasChanged;
        isChanged = false;
        return wasChanged;
    }

    /** Records an announcement. Returns false if it is not needed. */
    synchronized boolean tryAnnounce(boolean isEmpty) {
        boolean wasAnnounced = isAnnounced;
        isAnnounced = !isEmpty;
        return wasAnnounced || !isEmpty;
    }

    /** Records that the last announcement may be lost. */
    synchronized void noteLost() {
        isAnnounced = true;
    }
}

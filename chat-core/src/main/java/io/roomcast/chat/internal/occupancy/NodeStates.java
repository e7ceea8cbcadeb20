package io.roomcast.chat.internal.occupancy;

import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.ClusterLink;
import io.roomcast.chat.internal.cluster.NodeId;
import io.roomcast.chat.internal.cluster.NodeState;
import io.roomcast.chat.internal.cluster.NodeState.RoomState;
import io.roomcast.chat.internal.cluster.NodeState.RoomUser;
import io.roomcast.chat.internal.execution.SafeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Announces this node's states, and holds the newest state of each other node. Does nothing on a single node. Safe for
 * use by any thread; never blocks.
 *
 * <p>A state is sent whole, and is also the node's entry in the channel, which is read after a subscription and after an
 * interruption of the bus. So a lost, repeated or late frame does no harm. The states of a node that is gone do not
 * count, until its next heartbeat.
 */
public final class NodeStates {
    /** The time between two announcements of one state. */
    static final Duration PAUSE = Duration.ofMillis(50);

    /** The time between two announcements of a large room. */
    static final Duration LONG_PAUSE = Duration.ofSeconds(1);

    /** How long the users of a node that stops may take to connect to another. */
    public static final Duration MOVE = Duration.ofSeconds(5);

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    /** What the states of one channel are about: a room or a user. */
    interface Subject {
        /** Returns this node's state. */
        NodeState own(long number);

        /** A state of another node counts from now on in place of an earlier one; null for none. */
        void changed(@Nullable NodeState before, @Nullable NodeState after);

        /** The first read has ended, successfully or not. */
        default void settled() {}
    }

    private final Map<Channel, SharedState> states = new ConcurrentHashMap<>();
    private final LiveNodes nodes = new LiveNodes();
    private final AtomicLong numbers = new AtomicLong();
    private final SafeScheduler scheduler;
    private final StateReader reader;

    /** The number of times that the bus was connected. */
    private final AtomicLong period = new AtomicLong(1);

    private volatile Consumer<Map<String, List<String>>> goneListener = users -> {};

    @Nullable
    private volatile ClusterLink link;

    /** Creates an instance without other nodes. */
    public NodeStates(SafeScheduler scheduler) {
        this.scheduler = scheduler;
        this.reader = new StateReader(this, scheduler);
    }

    /** Sets the listener that is called with the users who were in rooms on nodes that are gone, and with these rooms. */
    void onGone(Consumer<Map<String, List<String>>> listener) {
        goneListener = listener;
    }

    /** Announces states through a link from now on. */
    public void connect(ClusterLink opened) {
        link = opened;
    }

    /** Adds a channel to which this node subscribes. */
    void open(Channel channel, Subject subject) {
        states.putIfAbsent(channel, new SharedState(subject));
    }

    /** Forgets a channel that is no longer subscribed to. */
    void close(Channel channel) {
        states.remove(channel);
    }

    /** Returns the states of the other nodes. */
    List<NodeState> others(Channel channel) {
        SharedState state = states.get(channel);
        return state == null ? List.of() : state.all(nodes);
    }

    /** Announces this node's state, now or after a pause. */
    void announce(Channel channel) {
        SharedState state = states.get(channel);
        if (state != null && state.tryBeginPause()) {
            send(state);
        }
    }

    private void send(SharedState state) {
        NodeState own = state.subject().own(numbers.incrementAndGet());
        ClusterLink current = link;
        if (current != null && state.tryAnnounce(own.isEmpty())) {
            current.announce(own);
        }
        Future<?> unused = scheduler.schedule(own.isPaced() ? LONG_PAUSE : PAUSE, () -> {
            if (state.endPause()) {
                send(state);
            }
        });
    }

    /** Announces this node's states again, because frames may be lost. */
    public void announceAgain(Collection<Channel> channels) {
        for (Channel channel : channels) {
            SharedState state = states.get(channel);
            if (state != null) {
                state.noteLost();
                announce(channel);
            }
        }
    }

    /** Reads the states of the other nodes, after this node subscribed to the channel. Never fails. */
    CompletionStage<Void> readFirst(Channel channel) {
        reader.verifyLater(channel);
        return read(List.of(channel), false).thenRun(() -> settle(channel));
    }

    private void settle(Channel channel) {
        SharedState state = states.get(channel);
        if (state != null) {
            state.subject().settled();
        }
    }

    /** Reads the states of the other nodes in channels that need not be subscribed to. Empty if that fails. */
    CompletionStage<Map<Channel, List<NodeState>>> peek(Collection<Channel> channels) {
        ClusterLink current = link;
        if (current == null || channels.isEmpty()) {
            return CompletableFuture.completedStage(Map.of());
        }
        return current.readEntries(channels)
                .handle((read, failure) -> failure == null ? counting(read) : Map.<Channel, List<NodeState>>of());
    }

    private Map<Channel, List<NodeState>> counting(Map<Channel, Map<NodeId, NodeState>> read) {
        Map<Channel, List<NodeState>> found = new HashMap<>();
        read.forEach((channel, entries) -> found.put(
                channel,
                entries.entrySet().stream()
                        .filter(entry -> nodes.isLive(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .toList()));
        return found;
    }

    /** Announces a state of this node that is empty, in a channel that need not be subscribed to. */
    void withdraw(LongFunction<NodeState> empty) {
        ClusterLink current = link;
        if (current != null) {
            current.announce(empty.apply(numbers.incrementAndGet()));
        }
    }

    /**
     * Reads the states of the other nodes. Never fails.
     *
     * @param verifies whether a node without an entry has no users; otherwise it may not have written its entry yet
     */
    CompletionStage<Void> read(Collection<Channel> channels, boolean verifies) {
        ClusterLink current = link;
        if (current == null || channels.isEmpty()) {
            return DONE;
        }
        return current.readEntries(channels).handle((read, failure) -> {
            if (failure == null) {
                read.forEach((channel, entries) -> apply(channel, entries, verifies));
            }
            return null;
        });
    }

    private void apply(Channel channel, Map<NodeId, NodeState> entries, boolean verifies) {
        SharedState state = states.get(channel);
        if (state == null) {
            return;
        }
        entries.forEach((node, entry) -> replace(state, node, entry, 0));
        if (verifies) {
            state.unconfirmed(entries.keySet(), period.get()).forEach(node -> remove(state, node));
        }
    }

    /** Handles a state of another node. */
    public void received(NodeState received, NodeId from) {
        SharedState state = states.get(received.channel());
        if (state != null) {
            replace(state, from, received, period.get());
        }
    }

    private void replace(SharedState state, NodeId node, NodeState newest, long since) {
        SharedState.Change change = state.replace(node, newest, since);
        if (!nodes.isLive(node)) {
            nodes.noteOther(node);
        } else if (change != null) {
            state.subject().changed(change.before(), change.after());
        }
    }

    private void remove(SharedState state, NodeId node) {
        NodeState removed = state.remove(node);
        if (removed != null && nodes.isLive(node)) {
            state.subject().changed(removed, null);
        }
    }

    /** Records a heartbeat of a node, whose states count from now on. */
    public void alive(NodeId node) {
        if (!nodes.isLive(node) && nodes.add(node)) {
            states.values().forEach(state -> {
                NodeState found = state.of(node);
                if (found != null) {
                    state.subject().changed(null, found);
                }
            });
        }
    }

    /** Records that a node stops. Its states count until its users had the time to connect to another. */
    public void leaving(NodeId node) {
        Future<?> unused = scheduler.schedule(MOVE, () -> gone(List.of(node)));
    }

    /** Records that nodes are gone, whose states do not count any longer. */
    public void gone(Collection<NodeId> gone) {
        Map<String, List<String>> users = new HashMap<>();
        gone.stream()
                .filter(nodes::remove)
                .forEach(node -> states.values().forEach(state -> {
                    NodeState found = state.of(node);
                    if (found != null) {
                        state.subject().changed(found, null);
                        addUsers(found, users);
                    }
                }));
        if (!users.isEmpty()) {
            goneListener.accept(users);
        }
    }

    private static void addUsers(NodeState gone, Map<String, List<String>> users) {
        if (gone instanceof RoomState room) {
            room.users().stream()
                    .filter(RoomUser::isJoined)
                    .forEach(user -> users.computeIfAbsent(user.userId(), id -> new ArrayList<>(1))
                            .add(room.conversationId()));
        }
    }

    /** Deletes the states of nodes that have been gone for a minute. Called every two seconds. */
    public void tick() {
        nodes.tick().forEach(node -> states.forEach((channel, state) -> discard(channel, state, node)));
    }

    private void discard(Channel channel, SharedState state, NodeId node) {
        ClusterLink current = link;
        if (state.remove(node) != null && current != null) {
            current.discardEntry(channel, node);
        }
    }

    /** Announces all states and reads those of the other nodes, because frames may be lost in both directions. */
    public void connected() {
        period.incrementAndGet();
        reader.refresh(List.copyOf(states.keySet()));
    }
}

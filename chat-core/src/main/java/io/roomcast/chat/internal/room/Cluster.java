package io.roomcast.chat.internal.room;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.ClusterLink;
import io.roomcast.chat.internal.cluster.ClusterMembership;
import io.roomcast.chat.internal.cluster.ClusterRequests;
import io.roomcast.chat.internal.cluster.ControlEvent.Answer.Item;
import io.roomcast.chat.internal.cluster.ControlEvent.Request.Action;
import io.roomcast.chat.internal.cluster.NodeId;
import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.occupancy.NodeStates;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.spi.ReleaseListener;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects this node with the other nodes. Does nothing on a single node. Safe for use by any thread.
 *
 * <p>While the bus is not connected, the rooms are compared with the store at intervals.
 */
public final class Cluster implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Cluster.class);

    /** How long the users of a node that stops have to connect to another before others see them leave. */
    public static final Duration MOVE = NodeStates.MOVE;

    /** How long to wait until another node has kept a value. */
    private static final Duration MAX_RELEASE = Duration.ofMillis(300);

    private static final CompletionStage<Optional<byte[]>> NOTHING = CompletableFuture.completedStage(Optional.empty());

    private static final long MAX_RESYNC_DELAY_MILLIS = 5_000;

    /** Receives unread counts. */
    @FunctionalInterface
    public interface UnreadListener {
        /** The user has read up to one message, and another is the latest; its preview is null if it is not new. */
        void received(
                String userId,
                String conversationId,
                long latestSeq,
                long readSeq,
                @Nullable MessagePreview lastMessage);
    }

    /** Receives what other nodes changed about calls. Called on a thread of the bus; must not block. */
    public interface CallListener {
        /** Ignores what it receives. */
        CallListener NONE = new CallListener() {
            @Override
            public void changed(List<String> fields) {}

            @Override
            public void signalled(List<String> fields) {}
        };

        /** A call changed. */
        void changed(List<String> fields);

        /** A participant sent a signal to another one, whose user may have a session here. */
        void signalled(List<String> fields);
    }

    /** Carries out on this node what was requested or changed on another. Called on a worker, and may block. */
    public interface Requests {
        /** Ends the user's sessions. */
        void revoke(String userId);

        /** Ends the sessions that the user had when another node ended them, some time ago. */
        void revoke(String userId, Duration ago);

        /**
         * Records the sessions of a user on another node, by their ids, with their ranks. Called on a thread of the bus;
         * does not block.
         *
         * @param asks whether that node asks for the sessions on this one
         */
        void sessions(String userId, Map<String, Long> ranks, boolean asks);

        /** Returns the users that were revoked in the last hour, and how long ago. */
        Map<String, Duration> recentRevocations();

        /** Removes the user's sessions from the room. */
        void kick(String conversationId, String userId);

        /** Removes the sessions from the room that the user had when another node removed the user, some time ago. */
        void kick(String conversationId, String userId, Duration ago);

        /** Returns the users that were removed from rooms in the last hour, by room, and how long ago. */
        Map<String, Map<String, Duration>> recentKicks();

        /** Removes a former member from the room, and from memory. */
        void removeMember(String conversationId, String userId);

        /** Forgets the member's role. */
        void changeRole(String conversationId, String userId);

        /** Ends the sessions of a user who was erased, and forgets the user. */
        void forget(String userId);

        /** As {@link #forget}, for a user whom another node has erased some time ago, while this one was disconnected. */
        void forget(String userId, Duration ago);

        /** Returns the users that were erased in the last hour, and how long ago. */
        Map<String, Duration> recentErasures();

        /** Drops what is cached, because this node was absent for so long that it may have missed changes. */
        void absent();

        /** Forgets a user whom the host changed, and notifies the sessions in the rooms. */
        void userChanged(OtherNodes.ChangedUser changed);

        /** Notifies users that a conversation was created or changed; the actor is null for the host. */
        void updated(String conversationId, @Nullable String actorId, Set<String> userIds);

        /** Notifies users that a user became a member. */
        void memberAdded(String conversationId, String addedId, @Nullable String actorId, Set<String> userIds);

        /** Notifies users that a user is no longer a member. */
        void memberRemoved(String conversationId, String removedId, @Nullable String actorId, Set<String> userIds);

        /** Closes the room of a deleted conversation. Notifies its sessions and the users, each session once. */
        void conversationDeleted(String conversationId, @Nullable String actorId, Set<String> userIds);

        /** Notifies users that a member's role changed. */
        void memberUpdated(String conversationId, String memberId, @Nullable String actorId, Set<String> userIds);

        /** Counts again how many unread messages mention users. */
        void mentionsChanged(String conversationId, Set<String> userIds);

        /** Notifies a user that the user's preferences changed. */
        void preferencesChanged(String userId, String conversationId);
    }

    private final RemoteNodes remote;
    private final OtherNodes others;
    private final NodeStates states;
    private final Subscriptions subscriptions;
    private final RemoteEvents events;
    private final Resync resync;
    private final ConversationNotices notices;
    private final MissedRevocations missedRevocations = new MissedRevocations();
    private final SafeScheduler scheduler;
    private final Executor workers;
    private final ChatMetrics metrics;

    @Nullable
    private volatile ClusterLink link;

    @Nullable
    private volatile ClusterMembership membership;

    @Nullable
    private volatile ClusterRequests requests;

    @Nullable
    private volatile Requests requestHandler;

    private volatile boolean connects;
    private volatile boolean closed;

    Cluster(
            RemoteNodes remote,
            OtherNodes others,
            EventSender sender,
            RoomFeeds feeds,
            NodeStates states,
            RemotePresence presence,
            Subscriptions subscriptions,
            RoomRegistry rooms,
            ChatStore store,
            Execution execution,
            ChatMetrics metrics) {
        this.remote = remote;
        this.others = others;
        this.states = states;
        this.subscriptions = subscriptions;
        this.scheduler = execution.scheduler();
        this.workers = execution.workers();
        this.metrics = metrics;
        this.resync = new Resync(feeds, remote, store, execution.workers(), scheduler, metrics::onResync);
        this.notices = new ConversationNotices(scheduler, execution.workers());
        this.events = new RemoteEvents(feeds, states, presence, sender, store, resync, notices, execution.workers());
        rooms.onSession(new RoomRegistry.UserListener() {
            @Override
            public void opened(String userId) {
                CompletionStage<?> unused = subscriptions.open(Channel.user(userId));
            }

            @Override
            public void closed(String userId) {
                subscriptions.close(Channel.user(userId));
            }
        });
        subscriptions.onLate(conversationId -> resync.compare(List.of(conversationId), Duration.ZERO));
    }

    /** Sets the listener that is called with receipts that other nodes recorded, on a thread of the bus. */
    public void onReceipt(Consumer<Receipt> listener) {
        events.onReceipt(listener);
    }

    /** Sets the listener that is called with unread counts that other nodes found, on a thread of the bus. */
    public void onUnread(UnreadListener listener) {
        events.onUnread(listener);
    }

    /** Sets the listener that is called with users whose settings another node changed, on a thread of the bus. */
    public void onSettings(Consumer<String> listener) {
        events.onSettings(listener);
    }

    /** Sets the listener that is called with users who may have hidden or shown their presence on another node. */
    public void onPrivacy(Consumer<String> listener) {
        events.onPrivacy(listener);
    }

    /** Sets the listener that is called with what other nodes changed about calls. */
    public void onCall(CallListener listener) {
        events.onCall(listener);
    }

    /** Returns the number of nodes that live as far as this one knows, including this one. */
    public int nodes() {
        return 1 + others.live().size();
    }

    /**
     * Returns a stage that completes, never exceptionally, once this node receives what other nodes send to the user. It
     * does so immediately if there are no other nodes, and after two seconds at the latest. What is read afterwards, and
     * the events, lack nothing.
     */
    public CompletionStage<?> receives(String userId) {
        return subscriptions.receives(Channel.user(userId));
    }

    /** Returns whether the bus to the other nodes is not connected, although it should be. */
    public boolean isAway() {
        return connects && !remote.isConnected();
    }

    /** Sets the part that carries out the requests of other nodes. */
    public void onRequest(Requests handler) {
        requestHandler = handler;
        events.onRequest(handler);
        notices.onChange(handler);
    }

    /**
     * Joins the other nodes, unless the bus is that of a single node. Called once, before the first session opens.
     *
     * @param key the cluster's key
     * @param name the name of this node
     */
    public void open(ClusterBus bus, byte[] key, String name, Clock clock) {
        Duration interval = bus.pollInterval().orElse(null);
        if (interval == null) {
            return;
        }
        ClusterLink opened = new ClusterLink(bus, key, events, clock, metrics);
        ClusterMembership members = new ClusterMembership(opened, name);
        ClusterRequests sent = new ClusterRequests(opened);
        connects = bus.connects();
        link = opened;
        membership = members;
        requests = sent;
        others.connect(members, sent);
        events.connect(opened, members, sent);
        events.onConnect(missedRevocations::connected);
        remote.connect(opened);
        states.connect(opened);
        opened.open();
        CompletionStage<Void> unused = remote.subscribe(Channel.node(opened.self()));
        // The other nodes answer the first heartbeat, so this node must receive their channel by then.
        remote.subscribe(Channel.all()).thenRun(members::connected);
        poll(interval);
        tick(members, sent);
    }

    private void poll(Duration interval) {
        repeat(interval, () -> {
            if (!remote.isConnected() && resync.isIdle()) {
                resync.compareAll(Duration.ZERO);
            }
        });
    }

    private void repeat(Duration interval, Runnable task) {
        if (!closed) {
            Future<?> unused = scheduler.schedule(interval, () -> {
                task.run();
                repeat(interval, task);
            });
        }
    }

    private void tick(ClusterMembership members, ClusterRequests sent) {
        AtomicLong last = new AtomicLong(System.nanoTime());
        repeat(ClusterMembership.INTERVAL, () -> {
            long now = System.nanoTime();
            events.ticked((now - last.getAndSet(now)) / ClusterMembership.INTERVAL.toNanos());
            List<NodeId> gone = members.tick();
            missedRevocations.tick(members.live().keySet());
            if (!gone.isEmpty()) {
                // A node can stop between storing and publishing a message.
                sent.gone(gone);
                states.gone(gone);
                resync.compareAll(Duration.ofMillis(ThreadLocalRandom.current().nextLong(MAX_RESYNC_DELAY_MILLIS)));
            }
            states.tick();
        });
    }

    /** Keeps a value until a node takes it. Returns false on a single node, and while the bus is disconnected. */
    public boolean keep(String secret, byte[] value, Duration life) {
        ClusterLink opened = link;
        return opened != null && opened.keep(secret, value, life);
    }

    /**
     * Takes a kept value. If there is none, requests the node that holds it to keep it now. The result is empty on a
     * single node, and fails while the bus is disconnected.
     */
    public CompletionStage<Optional<byte[]>> take(String secret, @Nullable String ownerId) {
        ClusterLink opened = link;
        return opened == null
                ? NOTHING
                : opened.take(secret)
                        .thenCompose(found -> found.isPresent() || nodes() == 1
                                ? CompletableFuture.completedStage(found)
                                : released(secret, ownerId).thenCompose(is -> is ? opened.take(secret) : NOTHING));
    }

    private CompletionStage<Boolean> released(String secret, @Nullable String ownerId) {
        ClusterRequests sent = requireNonNull(requests);
        CompletableFuture<Boolean> released = new CompletableFuture<>();
        long id = sent.release(secret, ownerId, (from, items) -> released.complete(true));
        Future<?> timer = scheduler.schedule(MAX_RELEASE, () -> released.complete(false));
        return released.whenComplete((is, never) -> {
            timer.cancel(false);
            sent.end(id);
        });
    }

    /** Sets the part that keeps values on the bus when another node takes them. */
    public void onRelease(ReleaseListener listener) {
        events.onRelease(listener);
    }

    /**
     * Learns which users were revoked, removed from rooms or erased while this node was disconnected. Asks again until each
     * node has responded, as some may be connected later than this one.
     */
    private final class MissedRevocations {
        private static final int MAX_ASKS = 5;

        private final Map<NodeId, Integer> asks = new ConcurrentHashMap<>();

        private void connected() {
            asks.clear();
            ask();
        }

        private void tick(Set<NodeId> live) {
            asks.keySet().retainAll(live);
            boolean isIncomplete = false;
            for (NodeId node : live) {
                isIncomplete |= asks.merge(node, 1, Integer::sum) <= MAX_ASKS;
            }
            if (isIncomplete && remote.isConnected()) {
                ask();
            }
        }

        private void ask() {
            ClusterRequests sent = requests;
            if (sent != null) {
                long id = sent.ask(Channel.all(), Action.RECENT_REVOCATIONS, null, this::received);
                Future<?> unused = scheduler.schedule(OtherNodes.MAX_WAIT, () -> sent.end(id));
            }
        }

        private void received(NodeId from, List<Item> revocations) {
            asks.put(from, MAX_ASKS);
            Requests handler = requestHandler;
            if (handler != null && !revocations.isEmpty()) {
                workers.execute(() -> revocations.forEach(missed -> repeat(missed, handler)));
            }
        }
    }

    private static void repeat(Item missed, Requests handler) {
        String conversationId = missed.conversationId();
        try {
            if (missed.isErasure()) {
                handler.forget(missed.userId(), missed.since());
            } else if (conversationId == null) {
                handler.revoke(missed.userId(), missed.since());
            } else {
                handler.kick(conversationId, missed.userId(), missed.since());
            }
        } catch (ChatException busy) {
            log.warn("could not remove a user whom another node has removed or erased", busy);
        }
    }

    /** Leaves the other nodes. Blocks for at most a second. */
    @Override
    public void close() {
        closed = true;
        resync.close();
        ClusterLink opened = link;
        ClusterMembership members = membership;
        if (opened != null && members != null) {
            members.leave();
            opened.close();
        }
    }
}

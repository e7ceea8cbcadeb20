package io.roomcast.chat.internal.room;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.CustomEventSent;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.ClusterEvent;
import io.roomcast.chat.internal.cluster.ClusterLink;
import io.roomcast.chat.internal.cluster.ClusterMembership;
import io.roomcast.chat.internal.cluster.ClusterReceiver;
import io.roomcast.chat.internal.cluster.ClusterRequests;
import io.roomcast.chat.internal.cluster.ControlEvent;
import io.roomcast.chat.internal.cluster.ControlEvent.Answer.Item;
import io.roomcast.chat.internal.cluster.NodeState;
import io.roomcast.chat.internal.cluster.Origin;
import io.roomcast.chat.internal.cluster.Unsent;
import io.roomcast.chat.internal.occupancy.NodeStates;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.MessageStore;
import io.roomcast.chat.spi.ReleaseListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes the events of other nodes to the parts of this one. Called on a thread of the bus; never blocks. */
final class RemoteEvents implements ClusterReceiver {
    private static final Logger log = LoggerFactory.getLogger(RemoteEvents.class);
    /** The ticks that a node misses only if the whole program was paused. */
    private static final long PAUSED_TICKS = 3;

    private static final long MAX_RESYNC_DELAY_MILLIS = 5_000;

    /** What names no conversation: users may have hidden or shown their presence. */
    static final String PRESENCE_PRIVACY = "";

    /** What names no conversation: users have changed the rest of their privacy, or their devices. */
    static final String OTHER_PRIVACY = "*";

    private final RoomFeeds feeds;
    private final NodeStates states;
    private final RemotePresence presence;
    private final EventSender sender;
    private final MessageStore store;
    private final Resync resync;
    private final ConversationNotices notices;
    private volatile Consumer<Receipt> receiptListener = receipt -> {};
    private volatile Consumer<String> settingsListener = userId -> {};
    private volatile Consumer<String> privacyListener = userId -> {};
    private volatile Cluster.UnreadListener unreadListener =
            (userId, conversationId, latestSeq, readSeq, lastMessage) -> {};

    private final Executor workers;

    private volatile Cluster.@Nullable Requests requestHandler;
    private volatile Cluster.CallListener callListener = Cluster.CallListener.NONE;
    private volatile ReleaseListener releaseListener = (key, ownerId, done) -> {};
    private volatile Runnable connectListener = () -> {};

    /** Set before the first event arrives. */
    @Nullable
    private volatile ClusterLink link;

    @Nullable
    private volatile ClusterMembership membership;

    @Nullable
    private volatile ClusterRequests requests;

    RemoteEvents(
            RoomFeeds feeds,
            NodeStates states,
            RemotePresence presence,
            EventSender sender,
            MessageStore store,
            Resync resync,
            ConversationNotices notices,
            Executor workers) {
        this.notices = notices;
        this.workers = workers;
        this.feeds = feeds;
        this.states = states;
        this.presence = presence;
        this.sender = sender;
        this.store = store;
        this.resync = resync;
    }

    void connect(ClusterLink opened, ClusterMembership others, ClusterRequests sent) {
        link = opened;
        membership = others;
        requests = sent;
    }

    /** Sets the listener that is called with unread counts that other nodes found. */
    void onUnread(Cluster.UnreadListener listener) {
        unreadListener = listener;
    }

    /** Sets the listener that is called with users whose settings another node changed. */
    void onSettings(Consumer<String> listener) {
        settingsListener = listener;
    }

    /** Sets the listener that is called with users who may have hidden or shown their presence on another node. */
    void onPrivacy(Consumer<String> listener) {
        privacyListener = listener;
    }

    /** Sets the listener that is called each time that this node is connected, on a thread of the bus. */
    void onConnect(Runnable listener) {
        connectListener = listener;
    }

    /** Sets the part that keeps values on the bus when another node takes them. */
    void onRelease(ReleaseListener listener) {
        releaseListener = listener;
    }

    /** Sets the listener that is called with what other nodes changed about calls. */
    void onCall(Cluster.CallListener listener) {
        callListener = listener;
    }

    /** Sets the part that carries out requests. */
    void onRequest(Cluster.Requests handler) {
        requestHandler = handler;
    }

    /** Sets the listener that is called with receipts that other nodes recorded. */
    void onReceipt(Consumer<Receipt> listener) {
        receiptListener = listener;
    }

    @Override
    public void onConnected() {
        boolean wasAbsent = requireNonNull(membership).connected();
        states.connected();
        if (wasAbsent) {
            workers.execute(requireNonNull(requestHandler)::absent);
        }
        resync.compareAll(Duration.ZERO);
        announceUnsent();
        connectListener.run();
    }

    /**
     * Handles the time since the last tick. After a pause of this node others may consider it gone, although its
     * connection remained.
     *
     * @param ticks the ticks that should have been made in that time
     */
    void ticked(long ticks) {
        if (ticks >= PAUSED_TICKS) {
            requireNonNull(membership).paused(ticks);
            if (requireNonNull(link).isConnected()) {
                onConnected();
            }
        }
    }

    @Override
    public void onDisconnected() {
        // The comparisons at intervals begin by themselves.
    }

    @Override
    public void onUnsent() {
        announceUnsent();
    }

    private void announceUnsent() {
        ClusterLink current = requireNonNull(link);
        Unsent unsent = current.takeUnsent();
        resync.announce(unsent.conversationIds());
        states.announceAgain(
                unsent.conversationIds().stream().map(Channel::conversation).toList());
        if (!unsent.isComplete()) {
            long id = ThreadLocalRandom.current().nextLong();
            current.publish(
                    Channel.all(), new ControlEvent.Request(id, ControlEvent.Request.Action.RESYNC, null, null));
            states.connected();
        }
    }

    @Override
    public void visit(ClusterEvent.MessageStored event, Origin origin) {
        store.noteHead(event.message().conversationId(), event.message().seq());
        feeds.offer(new MessageSent(event.message()), false);
    }

    @Override
    public void visit(ClusterEvent.Change event, Origin origin) {
        feeds.offer(event.event());
    }

    @Override
    public void visit(ClusterEvent.Head event, Origin origin) {
        feeds.noteHead(event.conversationId(), event.position());
    }

    @Override
    public void visit(ClusterEvent.Ephemeral event, Origin origin) {
        Audience others = new Audience.OtherUsers(event.conversationId(), event.userId());
        if (event.isTyping()) {
            sender.send(new TypingStarted(event.conversationId(), event.userId(), event.expiresIn()), others);
        } else {
            // The room may have become large since the user began.
            sender.sendAlways(new TypingStopped(event.conversationId(), event.userId()), others);
        }
    }

    @Override
    public void visit(ClusterEvent.RoomEvent event, Origin origin) {
        ChatEvent custom =
                new CustomEventSent(event.conversationId(), event.userId(), event.name(), event.data(), event.at());
        sender.send(custom, new Audience.OtherSessions(event.conversationId(), null, Set.copyOf(event.toUserIds())));
    }

    @Override
    public void visit(ClusterEvent.UserEvent event, Origin origin) {
        ChatEvent custom = new CustomEventSent(null, null, event.name(), event.data(), event.at());
        sender.send(custom, new Audience.Users(List.of(event.userId())));
    }

    @Override
    public void visit(ClusterEvent.UploadProgressed event, Origin origin) {
        sender.send(event.event(), new Audience.Room(event.event().conversationId(), null));
    }

    @Override
    public void visit(ClusterEvent.UploadEnded event, Origin origin) {
        String uploader = event.event().userId();
        sender.send(
                event.event(),
                event.isForRoom()
                        ? new Audience.OtherUsers(event.event().conversationId(), uploader)
                        : new Audience.Users(List.of(uploader)));
    }

    @Override
    public void visit(ClusterEvent.Receipt event, Origin origin) {
        receiptListener.accept(event.receipt());
    }

    @Override
    public void visit(ControlEvent.Request event, Origin origin) {
        workers.execute(() -> {
            try {
                answers(event).forEach(answer -> requireNonNull(link).publish(Channel.node(origin.node()), answer));
            } catch (Throwable failure) {
                log.warn("could not carry out a request of another node: {}", event.action(), failure);
            }
        });
    }

    /** Carries out a request, or finds out what it asks for. Returns what its node receives. */
    private List<? extends ClusterEvent> answers(ControlEvent.Request event) {
        Cluster.Requests handler = requireNonNull(requestHandler);
        if (event.action() == ControlEvent.Request.Action.RECENT_REVOCATIONS) {
            List<Item> revocations = new ArrayList<>();
            // First, as the receiver erases again only if it still has sessions of the user.
            handler.recentErasures().forEach((userId, ago) -> revocations.add(Item.ofErasure(userId, ago)));
            handler.recentRevocations().forEach((userId, ago) -> revocations.add(new Item(userId, ago)));
            handler.recentKicks()
                    .forEach((conversationId, users) ->
                            users.forEach((userId, ago) -> revocations.add(Item.ofRoom(conversationId, userId, ago))));
            return ControlEvent.Answer.of(event.id(), revocations);
        }
        handle(event, handler);
        return List.of(new ControlEvent.Response(event.id(), List.of()));
    }

    private void handle(ControlEvent.Request event, Cluster.Requests handler) {
        switch (event.action()) {
            case REVOKE -> handler.revoke(requireNonNull(event.userId()));
            case KICK -> handler.kick(requireNonNull(event.conversationId()), requireNonNull(event.userId()));
            case REMOVE_MEMBER ->
                handler.removeMember(requireNonNull(event.conversationId()), requireNonNull(event.userId()));
            case CHANGE_ROLE ->
                handler.changeRole(requireNonNull(event.conversationId()), requireNonNull(event.userId()));
            case DELETE_CONVERSATION ->
                handler.conversationDeleted(requireNonNull(event.conversationId()), event.userId(), Set.of());
            case RESYNC ->
                resync.compareAll(Duration.ofMillis(ThreadLocalRandom.current().nextLong(MAX_RESYNC_DELAY_MILLIS)));
            case FORGET_USER -> handler.forget(requireNonNull(event.userId()));
            case LIMIT_SESSIONS, RECENT_REVOCATIONS -> {
                // No node of this release requests the first, and the second only asks.
            }
        }
    }

    @Override
    public void visit(ControlEvent.Response event, Origin origin) {
        requireNonNull(requests).received(event, origin.node());
    }

    @Override
    public void visit(NodeState.RoomState event, Origin origin) {
        states.received(event, origin.node());
    }

    @Override
    public void visit(ControlEvent.UserSessions event, Origin origin) {
        Map<String, Long> ranks = new HashMap<>();
        event.sessions().forEach(session -> ranks.put(session.id(), session.rank()));
        requireNonNull(requestHandler).sessions(event.userId(), ranks, event.asks());
    }

    @Override
    public void visit(ControlEvent.Release event, Origin origin) {
        ClusterLink current = requireNonNull(link);
        ClusterEvent done = new ControlEvent.Answer(event.requestId(), List.of());
        releaseListener.release(event.key(), event.ownerId(), () -> current.publish(Channel.node(origin.node()), done));
    }

    @Override
    public void visit(ControlEvent.Answer event, Origin origin) {
        requireNonNull(requests).received(event, origin.node());
    }

    @Override
    public void visit(NodeState.UserState event, Origin origin) {
        states.received(event, origin.node());
    }

    @Override
    public void visit(ClusterEvent.PresenceUpdate event, Origin origin) {
        presence.received(event);
    }

    @Override
    public void visit(ClusterEvent.UnreadNotice event, Origin origin) {
        unreadListener.received(
                event.userId(), event.conversationId(), event.latestSeq(), event.readSeq(), event.lastMessage());
    }

    @Override
    public void visit(ClusterEvent.ConversationNotice event, Origin origin) {
        notices.add(event);
    }

    @Override
    public void visit(ClusterEvent.UserChange event, Origin origin) {
        Cluster.Requests handler = requireNonNull(requestHandler);
        workers.execute(() -> handler.userChanged(OtherNodes.ChangedUser.of(event)));
    }

    @Override
    public void visit(ClusterEvent.CallChange event, Origin origin) {
        callListener.changed(event.fields());
    }

    @Override
    public void visit(ClusterEvent.CallSignal event, Origin origin) {
        callListener.signalled(event.fields());
    }

    @Override
    public void visit(ControlEvent.Heartbeat event, Origin origin) {
        states.alive(origin.node());
        requireNonNull(membership).received(event, origin.node());
    }

    @Override
    public void visit(ControlEvent.NodeLeaving event, Origin origin) {
        states.leaving(origin.node());
        requireNonNull(membership).left(origin.node());
        requireNonNull(requests).gone(List.of(origin.node()));
    }

    @Override
    public void visit(ControlEvent.Invalidate event, Origin origin) {
        event.userIds().forEach(settingsListener);
        if (event.conversationId().equals(PRESENCE_PRIVACY)) {
            event.userIds().forEach(privacyListener);
        }
    }
}

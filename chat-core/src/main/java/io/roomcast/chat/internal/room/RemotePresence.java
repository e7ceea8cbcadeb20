package io.roomcast.chat.internal.room;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.ClusterEvent;
import io.roomcast.chat.internal.occupancy.UserStates;
import io.roomcast.chat.model.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The presence of users on other nodes. Does nothing on a single node. Safe for use by any thread; only {@link #read}
 * blocks.
 */
public final class RemotePresence {
    /** How long to wait for other nodes' entries. */
    private static final Duration MAX_WAIT = Duration.ofMillis(100);

    /** The most rooms of a user that receive a change together, so that no session receives it twice. */
    private static final int MAX_ROOMS = 32;

    /** Tracks the presence of the users of this node. */
    public interface Local extends UserStates.Listener {
        /**
         * A user's presence changed on another node, which has the user's sessions.
         *
         * @param conversationIds the rooms to notify, of which this call is about the first
         */
        void received(Presence presence, List<String> conversationIds);
    }

    private final UserStates users;
    private final Subscriptions subscriptions;
    private final RemoteNodes remote;

    @Nullable
    private volatile Local local;

    RemotePresence(UserStates users, Subscriptions subscriptions, RemoteNodes remote) {
        this.users = users;
        this.subscriptions = subscriptions;
        this.remote = remote;
    }

    /** Sets the tracker of this node. Called once, before the first session. */
    public void attach(Local tracker) {
        local = tracker;
        users.onChange(tracker);
        users.onGone(this::received);
    }

    /**
     * Subscribes to a user's presence until {@link #close}. The stage completes, never exceptionally, when it is known, or
     * after 100 ms.
     */
    public CompletionStage<?> open(String userId) {
        return subscriptions.open(Channel.user(userId));
    }

    /** Ends one subscription to a user's presence. */
    public void close(String userId) {
        subscriptions.close(Channel.user(userId));
    }

    /**
     * Has other nodes notified of a viewer on this one, until {@link #removeViewer}, although no session of this node may
     * be in the room.
     */
    public void addViewer(String conversationId) {
        CompletionStage<?> unused = subscriptions.open(Channel.conversation(conversationId));
    }

    /** Records that a viewer stopped. */
    public void removeViewer(String conversationId) {
        subscriptions.close(Channel.conversation(conversationId));
    }

    /** Announces the user's presence on this node, if it has changed. */
    public void announce(String userId, Presence own) {
        users.announce(userId, own);
    }

    /** Removes what other nodes know of the user's presence on this node, because this node has forgotten it. */
    public void withdraw(String userId) {
        users.withdraw(userId);
    }

    /** Returns the user's presence on all nodes, as far as known. */
    public Presence withElsewhere(Presence own) {
        return remote.isOpen() ? UserStates.merged(own, users.elsewhere(own.userId())) : own;
    }

    /** Returns the users' presence on all nodes. Reads it for at most 100 ms. */
    public List<Presence> read(List<Presence> own) {
        return read(own, MAX_WAIT);
    }

    /** Returns the users' presence on all nodes. Reads it for at most the given time; without what is missing then. */
    public List<Presence> read(List<Presence> own, Duration maxWait) {
        if (!remote.isOpen()) {
            return own;
        }
        Map<String, Presence> elsewhere =
                readAll(own.stream().map(Presence::userId).toList(), maxWait);
        return own.stream()
                .map(here -> merged(here, elsewhere.get(here.userId())))
                .toList();
    }

    private Presence merged(Presence own, @Nullable Presence elsewhere) {
        return elsewhere == null ? withElsewhere(own) : UserStates.merged(own, elsewhere);
    }

    private Map<String, Presence> readAll(Collection<String> userIds, Duration maxWait) {
        return users.readAll(userIds)
                .toCompletableFuture()
                .completeOnTimeout(Map.of(), maxWait.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Notifies the sessions on other nodes in a user's rooms of the user's presence. */
    public void send(Presence presence, Collection<String> conversationIds) {
        if (!remote.isOpen()) {
            return;
        }
        for (String conversationId : conversationIds) {
            remote.publish(
                    Channel.conversation(conversationId),
                    new ClusterEvent.PresenceUpdate(presence, beginningWith(conversationId, conversationIds)));
        }
    }

    private static List<String> beginningWith(String first, Collection<String> conversationIds) {
        List<String> ordered = new ArrayList<>(List.of(first));
        conversationIds.stream()
                .limit(MAX_ROOMS)
                .filter(id -> !id.equals(first))
                .forEach(ordered::add);
        return ordered;
    }

    /** Notifies the rooms of this node of a user whose node is gone. */
    private void received(Presence presence, Collection<String> conversationIds) {
        for (String conversationId : conversationIds) {
            requireNonNull(local).received(presence, beginningWith(conversationId, conversationIds));
        }
    }

    void received(ClusterEvent.PresenceUpdate update) {
        if (!update.conversationIds().isEmpty()) {
            requireNonNull(local).received(update.presence(), update.conversationIds());
        }
    }
}

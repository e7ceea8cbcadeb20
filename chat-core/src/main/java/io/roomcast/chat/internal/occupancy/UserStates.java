package io.roomcast.chat.internal.occupancy;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.NodeState;
import io.roomcast.chat.internal.cluster.NodeState.UserState;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Presence.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows the presence of users on the other nodes, and announces it on this one. Does nothing on a single node. Safe for
 * use by any thread; never blocks.
 *
 * <p>A user exists here as long as this node subscribes to the user's channel.
 */
public final class UserStates {
    /** Knows the presence on this node, and is called with changes on others. */
    public interface Listener {
        /** Returns the user's presence on this node. */
        Presence own(String userId);

        /**
         * The user's presence on the other nodes changed, or was read for the first time.
         *
         * @param isKnown whether the acknowledgement of a subscription has it
         */
        void changed(String userId, boolean isKnown);
    }

    /** The number of users whose presence is read at a time. */
    private static final int BATCH = 200;

    private final Map<String, SharedUser> users = new ConcurrentHashMap<>();
    private final NodeStates states;

    @Nullable
    private volatile Listener listener;

    /** Creates an instance without users. */
    public UserStates(NodeStates states) {
        this.states = states;
    }

    /** Sets the listener. Called once, before the first user. */
    public void onChange(Listener added) {
        listener = added;
    }

    /** Records that this node subscribes to the user's channel. */
    public void open(String userId) {
        SharedUser user = new SharedUser(states, userId, requireNonNull(listener));
        if (users.putIfAbsent(userId, user) == null) {
            states.open(Channel.user(userId), user);
        }
    }

    /** Reads the user's presence on other nodes, after this node subscribed to it. The stage never fails. */
    public CompletionStage<Void> read(String userId) {
        return states.readFirst(Channel.user(userId));
    }

    /** Records that the first read has ended after a subscription was acknowledged. */
    public void readLate(String userId) {
        SharedUser user = users.get(userId);
        if (user != null) {
            user.settledLate();
        }
    }

    /** Forgets the user, to whose channel this node is no longer subscribed. */
    public void close(String userId) {
        users.remove(userId);
        states.close(Channel.user(userId));
    }

    /** Announces the user's presence on this node, if it has changed. */
    public void announce(String userId, Presence own) {
        SharedUser user = users.get(userId);
        if (user != null && user.hasChanged(own)) {
            states.announce(Channel.user(userId));
        }
    }

    /** Removes what other nodes know of the user's presence on this node, because this node has forgotten it. */
    public void withdraw(String userId) {
        states.withdraw(number -> new UserState(userId, number, Status.OFFLINE, null));
    }

    /** Returns the user's presence on the other nodes, as far as known. */
    public Presence elsewhere(String userId) {
        SharedUser user = users.get(userId);
        return user == null ? offline(userId) : user.elsewhere();
    }

    /** Reads the presence of users on the other nodes. The result lacks some users if the bus is not connected. */
    public CompletionStage<Map<String, Presence>> readAll(Collection<String> userIds) {
        List<Channel> channels = userIds.stream()
                .filter(userId -> !users.containsKey(userId))
                .map(Channel::user)
                .toList();
        return states.peek(channels).thenApply(read -> {
            Map<String, Presence> found = new HashMap<>();
            userIds.forEach(userId -> found.put(userId, elsewhere(userId)));
            read.forEach((channel, entries) -> found.put(channel.id(), merged(channel.id(), entries)));
            return found;
        });
    }

    /**
     * Sets the listener that is called with each user who was in rooms on a node that is gone, and is on no other node. It
     * is called with these rooms. Users whose presence cannot be read are left out.
     */
    public void onGone(BiConsumer<Presence, List<String>> listener) {
        states.onGone(users -> {
            Iterator<String> userIds = List.copyOf(users.keySet()).iterator();
            reportGone(userIds, users, listener);
        });
    }

    /** Reads the presence of some users at a time. */
    private void reportGone(
            Iterator<String> userIds, Map<String, List<String>> users, BiConsumer<Presence, List<String>> listener) {
        List<Channel> batch = new ArrayList<>();
        while (userIds.hasNext() && batch.size() < BATCH) {
            batch.add(Channel.user(userIds.next()));
        }
        states.peek(batch).thenAccept(read -> {
            read.forEach((channel, entries) -> {
                Presence presence = merged(channel.id(), entries);
                if (presence.status() == Status.OFFLINE) {
                    listener.accept(presence, users.getOrDefault(channel.id(), List.of()));
                }
            });
            if (userIds.hasNext() && !read.isEmpty()) {
                reportGone(userIds, users, listener);
            }
        });
    }

    static Presence offline(String userId) {
        return new Presence(userId, Status.OFFLINE, null);
    }

    static Presence merged(String userId, Collection<NodeState> states) {
        Presence merged = offline(userId);
        for (NodeState state : states) {
            if (state instanceof UserState user) {
                merged = merged(merged, new Presence(userId, user.status(), user.lastSeenAt()));
            }
        }
        return merged;
    }

    /** Returns the presence of a user whose presence is known in two places: online precedes away. */
    public static Presence merged(Presence one, Presence other) {
        Status status = one.status().compareTo(other.status()) <= 0 ? one.status() : other.status();
        return new Presence(
                one.userId(), status, status == Status.OFFLINE ? later(one.lastSeenAt(), other.lastSeenAt()) : null);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        boolean isOther = one == null || (other != null && other.isAfter(one));
        return isOther ? other : one;
    }
}

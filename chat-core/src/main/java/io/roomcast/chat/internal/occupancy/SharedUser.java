package io.roomcast.chat.internal.occupancy;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.NodeState;
import io.roomcast.chat.internal.cluster.NodeState.UserState;
import io.roomcast.chat.model.Presence;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A user on several nodes. Safe for use by any thread. Calls the listener under its monitor, so that the events of a user
 * have the order of the changes.
 */
final class SharedUser implements NodeStates.Subject {
    private final NodeStates states;
    private final Channel channel;
    private final UserStates.Listener listener;
    private volatile Presence elsewhere;

    @GuardedBy("this")
    private boolean isSettled;

    private final AtomicReference<@Nullable Presence> announced = new AtomicReference<>();

    SharedUser(NodeStates states, String userId, UserStates.Listener listener) {
        this.states = states;
        this.channel = Channel.user(userId);
        this.listener = listener;
        this.elsewhere = UserStates.offline(userId);
    }

    private String userId() {
        return channel.id();
    }

    @Override
    public UserState own(long number) {
        Presence own = listener.own(userId());
        return new UserState(userId(), number, own.status(), own.lastSeenAt());
    }

    /** Returns whether the user's presence on this node differs from the last call. */
    boolean hasChanged(Presence own) {
        return !own.equals(announced.getAndSet(own));
    }

    @Override
    public synchronized void changed(@Nullable NodeState before, @Nullable NodeState after) {
        Presence.Status known = elsewhere.status();
        elsewhere = UserStates.merged(userId(), states.others(channel));
        if (isSettled && elsewhere.status() != known) {
            listener.changed(userId(), false);
        }
    }

    @Override
    public synchronized void settled() {
        if (!isSettled) {
            isSettled = true;
            listener.changed(userId(), true);
        }
    }

    /** Records that a subscription was acknowledged before the first read has ended. */
    synchronized void settledLate() {
        isSettled = true;
        listener.changed(userId(), false);
    }

    /** Returns the user's presence on the other nodes. */
    Presence elsewhere() {
        return elsewhere;
    }
}

package io.roomcast.chat.internal.room;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.occupancy.RoomUsers;
import io.roomcast.chat.internal.occupancy.UserStates;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to the events of a room or user on other nodes while this node has the room or a session of the user, and
 * for some time afterwards. Safe for use by any thread; never blocks.
 */
final class Subscriptions {
    /** How long a subscription outlives its last use. */
    static final Duration LINGER = Duration.ofSeconds(60);

    /** How long a list of a user's conversations waits for the subscription. */
    private static final Duration MAX_WAIT_OF_LIST = Duration.ofSeconds(2);

    /** How long a join waits for the subscription. */
    static final Duration MAX_WAIT = Duration.ofMillis(100);

    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    /** Counts the feeds of one room, where a closed one and its successor may overlap, or the sessions of one user. */
    private static final class Subscription {
        private final CompletableFuture<Void> subscribed;
        private final CompletionStage<?> ready;
        private int uses;
        private int closes;

        private Subscription(CompletionStage<Void> subscribed, CompletionStage<?> ready) {
            this.subscribed = subscribed.toCompletableFuture();
            this.ready = ready;
        }
    }

    /** A channel without uses, unless it was opened again since. */
    private record Unused(Channel channel, Subscription subscription, int closes) {
        private boolean isUnused() {
            return subscription.uses == 0 && subscription.closes == closes;
        }
    }

    @GuardedBy("this")
    private final Map<Channel, Subscription> subscriptions = new HashMap<>();

    /** The oldest first; those of the current period, then those of the one before. */
    @GuardedBy("this")
    private Queue<Unused> unused = new ArrayDeque<>();

    @GuardedBy("this")
    private Queue<Unused> due = new ArrayDeque<>();

    @Nullable
    @GuardedBy("this")
    private Future<?> timer;

    private final RemoteNodes remote;
    private final RoomUsers users;
    private final UserStates presences;
    private final SafeScheduler scheduler;
    private volatile Consumer<String> lateListener = conversationId -> {};

    Subscriptions(RemoteNodes remote, RoomUsers users, UserStates presences, SafeScheduler scheduler) {
        this.remote = remote;
        this.users = users;
        this.presences = presences;
        this.scheduler = scheduler;
    }

    /** Sets the listener that is called with a room whose subscription took longer than a join waits. */
    void onLate(Consumer<String> listener) {
        lateListener = listener;
    }

    /**
     * Records that this node has the room, or a session of the user. The stage completes, never exceptionally, when the
     * room's position may be read.
     */
    CompletionStage<?> open(Channel channel) {
        return remote.isOpen() ? openOnSeveralNodes(channel) : DONE;
    }

    private synchronized CompletionStage<?> openOnSeveralNodes(Channel channel) {
        Subscription subscription = subscriptions.computeIfAbsent(channel, this::subscribe);
        subscription.uses++;
        return subscription.ready;
    }

    private Subscription subscribe(Channel channel) {
        CompletionStage<Void> subscribed = start(channel);
        return new Subscription(
                subscribed, subscribed.toCompletableFuture().isDone() ? DONE : ready(channel, subscribed));
    }

    private CompletionStage<?> ready(Channel channel, CompletionStage<Void> subscribed) {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Duration wait = remote.isConnected() ? MAX_WAIT : Duration.ZERO;
        Future<?> timeout = scheduler.schedule(wait, () -> ready.complete(null));
        subscribed.whenComplete((done, ended) -> {
            timeout.cancel(false);
            if (!ready.complete(null) && ended == null) {
                endLate(channel);
            }
        });
        return ready;
    }

    /**
     * Returns a stage that completes, never exceptionally, once this node receives what other nodes send to the channel:
     * immediately if the channel is not in use or the bus is disconnected, and after two seconds at the latest.
     */
    CompletionStage<?> receives(Channel channel) {
        CompletableFuture<Void> subscribed = subscribed(channel);
        return subscribed == null || subscribed.isDone() || !remote.isConnected()
                ? DONE
                : subscribed
                        .exceptionally(ended -> null)
                        .completeOnTimeout(null, MAX_WAIT_OF_LIST.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized @Nullable CompletableFuture<Void> subscribed(Channel channel) {
        Subscription subscription = subscriptions.get(channel);
        return subscription == null ? null : subscription.subscribed;
    }

    private void endLate(Channel channel) {
        if (channel.type() == Channel.Type.USER) {
            presences.readLate(channel.id());
        } else {
            lateListener.accept(channel.id());
        }
    }

    /** Subscribes to a channel, and then reads what other nodes report there. */
    private CompletionStage<Void> start(Channel channel) {
        String id = channel.id();
        if (channel.type() == Channel.Type.USER) {
            presences.open(id);
            return remote.subscribe(channel).thenCompose(done -> presences.read(id));
        }
        users.open(id);
        return remote.subscribe(channel).thenCompose(done -> users.read(id));
    }

    /** Records the end of what {@link #open} recorded. */
    synchronized void close(Channel channel) {
        Subscription subscription = subscriptions.get(channel);
        if (subscription != null && --subscription.uses == 0) {
            unused.add(new Unused(channel, subscription, ++subscription.closes));
            scheduleEnd();
        }
    }

    @GuardedBy("this")
    private void scheduleEnd() {
        if (timer == null) {
            timer = scheduler.schedule(LINGER, this::endUnused);
        }
    }

    /** Ends the subscriptions that were unused for the whole last period. */
    private synchronized void endUnused() {
        timer = null;
        List<Channel> ended = new ArrayList<>();
        for (Unused one : due) {
            if (one.isUnused()) {
                subscriptions.remove(one.channel());
                ended.add(one.channel());
                forget(one.channel());
            }
        }
        due = unused;
        unused = new ArrayDeque<>();
        if (!due.isEmpty()) {
            scheduleEnd();
        }
        if (!ended.isEmpty()) {
            remote.unsubscribe(ended);
        }
    }

    private void forget(Channel channel) {
        if (channel.type() == Channel.Type.USER) {
            presences.close(channel.id());
        } else {
            users.close(channel.id());
        }
    }

    /** Returns the number of subscriptions. */
    synchronized int size() {
        return subscriptions.size();
    }
}

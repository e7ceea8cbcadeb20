package io.roomcast.chat.internal.room;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.port.SafeScheduler;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to the events of a room on other nodes while this node has the room, and for some time afterwards. Safe for
 * use by any thread; never blocks.
 */
final class RoomSubscriptions {
    /** How long a subscription outlives its room. */
    static final Duration LINGER = Duration.ofSeconds(60);

    /** How long a join waits for the subscription. */
    static final Duration MAX_WAIT = Duration.ofMillis(100);

    private static final CompletionStage<?> DONE = CompletableFuture.completedStage(null);

    /** Counts the feeds of one room: a closed one and its successor may overlap. */
    private static final class Subscription {
        private final CompletionStage<?> ready;
        private int feeds;
        private int closes;

        private Subscription(CompletionStage<?> ready) {
            this.ready = ready;
        }
    }

    /** A room without feeds, unless it was opened again since. */
    private record Unused(String conversationId, Subscription subscription, int closes) {
        private boolean isUnused() {
            return subscription.feeds == 0 && subscription.closes == closes;
        }
    }

    @GuardedBy("this")
    private final Map<String, Subscription> subscriptions = new HashMap<>();

    /** The oldest first; those of the current period, then those of the one before. */
    @GuardedBy("this")
    private Queue<Unused> unused = new ArrayDeque<>();

    @GuardedBy("this")
    private Queue<Unused> due = new ArrayDeque<>();

    @Nullable
    @GuardedBy("this")
    private Future<?> timer;

    private final RemoteNodes remote;
    private final SafeScheduler scheduler;
    private volatile Consumer<String> lateListener = conversationId -> {};

    RoomSubscriptions(RemoteNodes remote, SafeScheduler scheduler) {
        this.remote = remote;
        this.scheduler = scheduler;
    }

    /** Sets the listener that is called with a room whose subscription took longer than a join waits. */
    void onLate(Consumer<String> listener) {
        lateListener = listener;
    }

    /** Records that the room has a feed. The stage completes, never exceptionally, when its position may be read. */
    CompletionStage<?> open(String conversationId) {
        return remote.isOpen() ? openOnSeveralNodes(conversationId) : DONE;
    }

    private synchronized CompletionStage<?> openOnSeveralNodes(String conversationId) {
        Subscription subscription =
                subscriptions.computeIfAbsent(conversationId, id -> new Subscription(subscribe(id)));
        subscription.feeds++;
        return subscription.ready;
    }

    private CompletionStage<?> subscribe(String conversationId) {
        CompletionStage<Void> subscribed = remote.subscribe(Channel.conversation(conversationId));
        if (subscribed.toCompletableFuture().isDone()) {
            return DONE;
        }
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Duration wait = remote.isConnected() ? MAX_WAIT : Duration.ZERO;
        Future<?> timeout = scheduler.schedule(wait, () -> ready.complete(null));
        subscribed.whenComplete((done, closed) -> {
            timeout.cancel(false);
            if (!ready.complete(null)) {
                lateListener.accept(conversationId);
            }
        });
        return ready;
    }

    /** Records that a feed of the room has closed. */
    synchronized void close(String conversationId) {
        Subscription subscription = subscriptions.get(conversationId);
        if (subscription != null && --subscription.feeds == 0) {
            unused.add(new Unused(conversationId, subscription, ++subscription.closes));
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
        for (Unused room : due) {
            if (room.isUnused()) {
                subscriptions.remove(room.conversationId());
                ended.add(Channel.conversation(room.conversationId()));
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

    /** Returns the number of subscriptions. */
    synchronized int size() {
        return subscriptions.size();
    }
}

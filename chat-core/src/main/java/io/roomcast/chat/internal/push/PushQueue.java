package io.roomcast.chat.internal.push;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.spi.DeviceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Keeps notifications until they are due: the newest one of each device in each conversation. All are in the store, under
 * a lease of this server, so that another one sends them after a crash. A limited number is also in memory; the others are
 * read from the store when it is their turn.
 *
 * <p>Safe for use by any thread. Methods that store block.
 */
final class PushQueue implements AutoCloseable {
    /** How much later than planned another server may send a notification that this one holds. */
    static final Duration LEASE = Duration.ofSeconds(20);

    /** The most notifications in memory. */
    static final int MAX_HELD = 2_000;

    /** How often the store is asked for notifications that are due. */
    static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private static final Duration INTERVAL_WHILE_BEHIND = Duration.ofMillis(500);
    private static final int PAGE = 500;

    private final HostPort port = new HostPort("queue of push notifications");

    /** The notifications in memory, by conversation and device. */
    @GuardedBy("this")
    private final Map<String, Map<String, HeldPush>> held = new HashMap<>();

    @GuardedBy("this")
    private int size;

    @GuardedBy("this")
    private boolean isBehind;

    @GuardedBy("this")
    private boolean isStarted;

    @GuardedBy("this")
    private boolean isClosed;

    @GuardedBy("this")
    private Future<?> nextCheck = CompletableFuture.completedFuture(null);

    @GuardedBy("this")
    private Instant nextCheckAt = Instant.MAX;

    private final Supplier<DeviceStore> store;
    private final Collection<String> platforms;
    private final SafeScheduler scheduler;
    private final Executor workers;
    private final Clock clock;
    private final BiConsumer<String, List<HeldPush>> sender;

    /**
     * Creates an empty queue.
     *
     * @param platforms the platforms for which this server has a notifier; those of others wait in the store for a server
     *     that has one
     * @param workers runs what blocks for the store
     * @param sender is called on a worker with the notifications of one conversation that are due
     */
    PushQueue(
            Supplier<DeviceStore> store,
            Collection<String> platforms,
            SafeScheduler scheduler,
            Executor workers,
            Clock clock,
            BiConsumer<String, List<HeldPush>> sender) {
        this.store = store;
        this.platforms = List.copyOf(platforms);
        this.scheduler = scheduler;
        this.workers = workers;
        this.clock = clock;
        this.sender = sender;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Starts to read notifications that other servers have not sent. */
    synchronized void start() {
        isStarted = true;
        checkAt(now());
    }

    /**
     * Adds notifications of one conversation. One that waits already for the same device is about the newest message from
     * now on.
     *
     * @param planned each due when it is to be sent
     */
    void add(String conversationId, List<PendingPush> planned) {
        List<PendingPush> stored = new ArrayList<>();
        List<HeldPush> added = new ArrayList<>();
        Set<Instant> times = new LinkedHashSet<>();
        synchronized (this) {
            Map<String, HeldPush> known = held.getOrDefault(conversationId, Map.of());
            for (PendingPush push : planned) {
                HeldPush waiting = known.get(push.deviceId());
                if (!platforms.contains(push.platform())) {
                    stored.add(push);
                } else if (waiting != null && waiting.merge(push)) {
                    times.add(waiting.sendAt());
                } else if (size + added.size() < MAX_HELD && !isClosed) {
                    HeldPush one = new HeldPush(push.due(push.dueAt().plus(LEASE)), push.dueAt(), false);
                    added.add(one);
                    stored.add(one.stored());
                    times.add(push.dueAt());
                } else {
                    isBehind = true;
                    stored.add(push);
                }
            }
        }
        if (!stored.isEmpty()) {
            store.get().savePushes(stored);
        }
        hold(conversationId, added);
        times.forEach(at -> sendAt(conversationId, at));
    }

    private synchronized void hold(String conversationId, Collection<HeldPush> added) {
        for (HeldPush one : added) {
            HeldPush before = held.computeIfAbsent(conversationId, id -> new HashMap<>())
                    .put(one.stored().deviceId(), one);
            size += before == null ? 1 : 0;
        }
    }

    private void sendAt(String conversationId, Instant at) {
        Duration delay = Duration.between(now(), at);
        Future<?> unused = scheduler.schedule(
                delay.isNegative() ? Duration.ZERO : delay, () -> execute(() -> sendDue(conversationId)));
    }

    private void execute(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException closed) {
            // Another server sends what is stored.
        }
    }

    private void sendDue(String conversationId) {
        List<HeldPush> due = startDue(conversationId);
        if (!due.isEmpty()) {
            sender.accept(conversationId, due);
        }
    }

    private synchronized List<HeldPush> startDue(String conversationId) {
        List<HeldPush> due = new ArrayList<>();
        Instant now = now();
        for (HeldPush one : held.getOrDefault(conversationId, Map.of()).values()) {
            if (one.tryStart(now)) {
                due.add(one);
            }
        }
        return due;
    }

    /**
     * Extends the lease of a notification that is sent now. Returns false if another server has taken it, and then forgets
     * it.
     *
     * @param rest how long this server needs
     */
    boolean renew(HeldPush one, Duration rest) {
        Instant now = now();
        return now.plus(rest).isBefore(one.stored().dueAt())
                || replace(one, one.newest().due(now.plus(LEASE)));
    }

    private boolean replace(HeldPush one, PendingPush after) {
        boolean isReplaced = false;
        try {
            isReplaced = store.get().replacePush(one.stored(), after);
            one.replace(after);
        } catch (RuntimeException outage) {
            failed(outage);
        }
        if (!isReplaced) {
            release(one);
        }
        return isReplaced;
    }

    /** Another server, or this one, sends later what could not be stored now. */
    private void failed(RuntimeException outage) {
        port.warn("could not use the store: " + HostPort.describe(outage));
    }

    /** Holds a notification until a later time. */
    void delay(HeldPush one, Instant until) {
        if (replace(one, one.newest().due(until.plus(LEASE)))) {
            synchronized (this) {
                one.delayUntil(until);
            }
            sendAt(one.stored().conversationId(), until);
        }
    }

    /**
     * Leaves a notification that could not be sent in the store until a later time.
     *
     * @param next the notification, due at that time
     */
    void retry(HeldPush one, PendingPush next) {
        boolean isStored = replace(one, next);
        release(one);
        if (isStored) {
            checkBy(next.dueAt());
        }
    }

    /**
     * Stores that a device shows a notification, so that it can be removed from there. Returns what it shows.
     *
     * @param seq the sequence number of the message of which the device was notified
     */
    PendingPush shown(HeldPush one, long seq) {
        PendingPush shown = one.stored().upTo(seq).shown();
        try {
            store.get().savePushes(List.of(shown));
        } catch (RuntimeException outage) {
            failed(outage);
        }
        done(one);
        return shown;
    }

    /** Removes a notification that needs not be sent any more. */
    void done(HeldPush one) {
        try {
            store.get().removePushes(List.of(one.newest()));
        } catch (RuntimeException outage) {
            failed(outage);
        }
        release(one);
    }

    private synchronized void release(HeldPush one) {
        PendingPush push = one.stored();
        Map<String, HeldPush> known = held.getOrDefault(push.conversationId(), Map.of());
        if (known.get(push.deviceId()) == one) {
            known.remove(push.deviceId());
            size--;
            if (known.isEmpty()) {
                held.remove(push.conversationId());
            }
        }
        if (isBehind && size < MAX_HELD / 2) {
            isBehind = false;
            checkBy(now());
        }
    }

    /** Has the store asked at a time, unless it is asked earlier. */
    private synchronized void checkBy(Instant at) {
        if (isStarted && !isClosed && at.isBefore(nextCheckAt)) {
            checkAt(at);
        }
    }

    @GuardedBy("this")
    private void checkAt(Instant at) {
        nextCheck.cancel(false);
        nextCheckAt = at;
        Duration delay = Duration.between(now(), at);
        nextCheck = scheduler.schedule(delay.isNegative() ? Duration.ZERO : delay, () -> execute(this::check));
    }

    private synchronized void checkAfter(Duration delay) {
        if (!isClosed) {
            checkAt(now().plus(delay));
        }
    }

    private void check() {
        Duration next = CHECK_INTERVAL;
        try {
            next = takeDue() ? INTERVAL_WHILE_BEHIND : CHECK_INTERVAL;
        } catch (RuntimeException outage) {
            failed(outage);
        } finally {
            checkAfter(next);
        }
    }

    /**
     * Takes notifications that are due and that no server holds. One that this server holds should have been sent long ago,
     * and waits for no timer if the clock was set back when that was due. What devices show is due when it expires, and is
     * removed. Returns whether there may be more.
     */
    private boolean takeDue() {
        int limit = Math.min(PAGE, MAX_HELD - size());
        if (limit <= 0) {
            return true;
        }
        List<PendingPush> due = store.get().duePushes(now(), platforms, limit);
        Set<String> conversationIds = new LinkedHashSet<>();
        due.stream()
                .filter(push -> !push.isShown() && (isHeld(push) || take(push)))
                .forEach(push -> conversationIds.add(push.conversationId()));
        conversationIds.forEach(id -> execute(() -> sendDue(id)));
        List<PendingPush> expired = due.stream().filter(PendingPush::isShown).toList();
        if (!expired.isEmpty()) {
            store.get().removePushes(expired);
        }
        return due.size() == limit;
    }

    private synchronized boolean isHeld(PendingPush push) {
        return held.getOrDefault(push.conversationId(), Map.of()).containsKey(push.deviceId());
    }

    private boolean take(PendingPush push) {
        Instant now = now();
        PendingPush leased = push.due(now.plus(LEASE));
        boolean isTaken = store.get().replacePush(push, leased);
        if (isTaken) {
            hold(push.conversationId(), List.of(new HeldPush(leased, now, true)));
        }
        return isTaken;
    }

    /** Returns the number of notifications in memory. */
    synchronized int size() {
        return size;
    }

    /** Lets other servers send what waits here. Blocks for the store. */
    @Override
    public void close() {
        List<PendingPush> left = new ArrayList<>();
        synchronized (this) {
            isClosed = true;
            nextCheck.cancel(false);
            held.values()
                    .forEach(known -> known.values().stream()
                            .filter(one -> !one.isSending())
                            .forEach(one -> left.add(one.newest().due(one.sendAt()))));
            held.clear();
            size = 0;
        }
        if (!left.isEmpty()) {
            try {
                store.get().savePushes(left);
            } catch (RuntimeException outage) {
                failed(outage);
            }
        }
    }
}

package io.roomcast.chat.internal.host;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.port.DaemonThreads;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.spi.ChatFollower;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Holds the followers of this server. Safe for use by any thread; only {@link #close} blocks. */
public final class Followers implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);
    private static final Duration INTERRUPT_WAIT = Duration.ofMillis(500);

    private final String node = UUID.randomUUID().toString();
    private final ChatStore store;
    private final ChatMetrics metrics;
    private final Clock clock;
    private final SafeScheduler scheduler;
    private final Function<String, ExecutorService> newThreads;
    private final ExecutorService checks;
    private final List<FollowerRunner> followers = new CopyOnWriteArrayList<>();

    @GuardedBy("this")
    private final List<ExecutorService> threads = new ArrayList<>();

    @GuardedBy("this")
    private boolean closed;

    /** Creates an instance without followers. */
    public Followers(ChatStore store, ChatMetrics metrics, Clock clock, SafeScheduler scheduler) {
        this(store, metrics, clock, scheduler, Followers::newThreads);
    }

    /**
     * Creates an instance without followers.
     *
     * @param newThreads creates what runs the calls of the follower with a name
     */
    Followers(
            ChatStore store,
            ChatMetrics metrics,
            Clock clock,
            SafeScheduler scheduler,
            Function<String, ExecutorService> newThreads) {
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
        this.scheduler = scheduler;
        this.newThreads = newThreads;
        this.checks = newThreads.apply("checks");
    }

    private static ExecutorService newThreads(String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                FollowerQueue.MAX_RUNNERS,
                FollowerQueue.MAX_RUNNERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DaemonThreads("roomcast-follower-" + name));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * Starts a follower.
     *
     * @throws IllegalArgumentException if this server has a follower of the name
     * @throws IllegalStateException after {@link #close}
     */
    public synchronized FollowerRunner follow(String name, ChatFollower handler) {
        if (closed) {
            throw new IllegalStateException("the chat is closed");
        }
        if (followers.stream().anyMatch(known -> known.name().equals(name))) {
            throw new IllegalArgumentException("name: " + name + " (expected: a name without a follower)");
        }
        FollowerRunner runner = newRunner(name, handler);
        followers.add(runner);
        metrics.onFollower(name, runner::lag);
        runner.start();
        return runner;
    }

    @GuardedBy("this")
    private FollowerRunner newRunner(String name, ChatFollower handler) {
        ExecutorService ownThreads = newThreads.apply(name);
        threads.add(ownThreads);
        AtomicReference<ActivityScan> scan = new AtomicReference<>();
        HostPort port = new HostPort("follower " + name);
        FollowerParts parts = new FollowerParts(
                name,
                node,
                // A port of its own, as the failure before would suppress what it logs.
                new GuardedFollower(handler, new HostPort("follower " + name)),
                port,
                store,
                clock,
                scheduler,
                ownThreads,
                checks,
                () -> scan.get().createdAt());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        scan.set(new ActivityScan(parts, now));
        return new FollowerRunner(parts, scan.get());
    }

    /** Accepts an event about something that this server has stored. Never blocks. */
    public void accept(ChatEvent event) {
        for (FollowerRunner follower : followers) {
            follower.accept(event);
        }
    }

    /** Has no follower receive what an erasure has removed from the store, except by a call in progress. Never blocks. */
    public void erased() {
        followers.forEach(FollowerRunner::readAgain);
    }

    /**
     * Stops all followers. Waits a moment for calls in progress, so that their positions are written, and interrupts those
     * that take longer.
     */
    @Override
    public void close() {
        List<ExecutorService> ending;
        synchronized (this) {
            closed = true;
            threads.add(checks);
            ending = List.copyOf(threads);
        }
        followers.forEach(FollowerRunner::close);
        ending.forEach(ExecutorService::shutdown);
        try {
            if (!await(ending, CLOSE_WAIT)) {
                followers.forEach(FollowerRunner::interrupt);
                boolean unused = await(ending, INTERRUPT_WAIT);
            }
        } catch (InterruptedException interrupted) {
            followers.forEach(FollowerRunner::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until all have ended. Returns false if one has not ended in time. */
    private static boolean await(List<ExecutorService> ending, Duration limit) throws InterruptedException {
        boolean haveEnded = true;
        long deadline = System.nanoTime() + limit.toNanos();
        for (ExecutorService one : ending) {
            haveEnded &= one.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return haveEnded;
    }
}

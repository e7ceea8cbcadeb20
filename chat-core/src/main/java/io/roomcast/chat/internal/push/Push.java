package io.roomcast.chat.internal.push;

import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.port.DaemonThreads;
import io.roomcast.chat.internal.port.PushSettings;
import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.spi.ChatFollower;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Sends push notifications of messages and calls. Safe for use by any thread; only {@link #close} blocks. */
public final class Push implements AutoCloseable {
    /** The name of the follower, which no follower of the host can have: {@value}. */
    public static final String FOLLOWER = "roomcast:push";

    /** The most calls of notifiers at a time. */
    private static final int MAX_THREADS = 64;

    private static final int WORKERS = 4;
    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_SECONDS = 2;

    private final ExecutorService threads;
    private final ExecutorService workers;
    private final Clock clock;
    private final PushQueue queue;
    private final PushSender sender;
    private final PushFollower follower;
    private final PushReads reads;
    private final CallPushes calls;

    /** Creates an instance that sends nothing until {@link #start}, with threads of its own. */
    public Push(
            ChatStore store,
            PushSettings settings,
            Devices devices,
            Recipients recipients,
            SafeScheduler scheduler,
            ChatMetrics metrics,
            Clock clock) {
        this(store, settings, devices, recipients, scheduler, metrics, clock, newThreads(), newWorkers());
    }

    /**
     * Creates an instance that sends nothing until {@link #start}.
     *
     * @param threads calls the notifiers
     * @param workers runs what blocks for the store
     */
    Push(
            ChatStore store,
            PushSettings settings,
            Devices devices,
            Recipients recipients,
            SafeScheduler scheduler,
            ChatMetrics metrics,
            Clock clock,
            ExecutorService threads,
            ExecutorService workers) {
        this.threads = threads;
        this.workers = workers;
        this.clock = clock;
        queue = new PushQueue(store::devices, devices.platforms(), scheduler, workers, clock, this::send);
        PushServices services = new PushServices(devices, scheduler, threads, workers, metrics, clock);
        PushOutcomes outcomes = new PushOutcomes(devices, queue, this::shown);
        PushComposer composer = new PushComposer(store, recipients, settings, clock);
        sender = new PushSender(store, devices, recipients, settings, composer, services, queue, outcomes);
        follower = new PushFollower(devices, recipients, settings, queue);
        PushParts parts = new PushParts(devices, recipients, composer, services, outcomes, scheduler, workers, clock);
        reads = new PushReads(store::devices, parts);
        calls = new CallPushes(store::calls, parts);
    }

    /**
     * Has the devices of a user remove what they show of a conversation, on platforms that can do so silently. Never blocks.
     *
     * @param seq the highest sequence number that the user has read
     */
    public void read(String userId, String conversationId, long seq) {
        reads.add(userId, conversationId, seq);
    }

    private static ExecutorService newThreads() {
        return new ThreadPoolExecutor(
                0,
                MAX_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new DaemonThreads("roomcast-push"));
    }

    private static ExecutorService newWorkers() {
        ThreadPoolExecutor created = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DaemonThreads("roomcast-push-worker"));
        created.allowCoreThreadTimeOut(true);
        return created;
    }

    private void send(String conversationId, List<HeldPush> due) {
        sender.send(conversationId, due);
    }

    private void shown(PendingPush push) {
        reads.shown(push);
    }

    /** Returns the follower that is to receive all stored messages, under the name {@value #FOLLOWER}. */
    public ChatFollower follower() {
        return follower;
    }

    /** Starts to send what other servers have left. */
    public void start() {
        queue.start();
    }

    /** Returns what notifies devices of calls, immediately, and again until that is of no use. */
    public CallNotifications calls() {
        return new CallNotifications(calls, clock);
    }

    /** Returns what sends notifications of calls. */
    CallPushes callPushes() {
        return calls;
    }

    /** Returns the number of notifications in memory. */
    int held() {
        return queue.size();
    }

    /** Lets other servers send what waits here, and ends the calls in progress. */
    @Override
    public void close() {
        queue.close();
        workers.shutdown();
        threads.shutdownNow();
        try {
            boolean unused = workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

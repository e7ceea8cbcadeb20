package io.roomcast.chat.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects the buses of several chats in one JVM, and delays, repeats and loses their frames as a real network may. One
 * thread carries everything and calls all listeners.
 */
public final class BusNetwork implements BusHarness {
    /**
     * What goes wrong. The same seed causes the same decisions for the same sequence of frames.
     *
     * @param maxDelay the maximum delay of each frame, in each of the two directions
     * @param repeatPercent how many of a hundred frames are delivered twice
     * @param cutPerMille after how many of a thousand frames the connection of their bus is cut for a moment
     */
    public record Faults(long seed, Duration maxDelay, int repeatPercent, int cutPerMille) {
        /** Nothing goes wrong. */
        public static final Faults NONE = new Faults(0, Duration.ZERO, 0, 0);
    }

    private static final long MAX_CUT_MILLIS = 50;

    private record Kept(byte[] value, long expiresAt) {}

    private record Task(long at, long number, Runnable body) {}

    private final Thread thread = new Thread(this::runAll, "bus-network");
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long numbered;
    private boolean isRunning;
    private boolean isClosed;

    private final Faults faults;
    private final Random random;

    // The fields below belong to the thread.
    private final List<InJvmBus> buses = new ArrayList<>();
    private final Map<String, Map<String, byte[]>> entries = new HashMap<>();
    private final Map<String, Kept> kept = new HashMap<>();
    private boolean isDown;

    /** Creates a network without faults. */
    public BusNetwork() {
        this(Faults.NONE);
    }

    /** Creates a network with faults. */
    public BusNetwork(Faults faults) {
        this.faults = faults;
        this.random = new Random(faults.seed());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public InJvmBus newBus() {
        return new InJvmBus(this);
    }

    @Override
    public void disconnect() {
        run(() -> {
            isDown = true;
            List.copyOf(buses).forEach(InJvmBus::cutNow);
        });
    }

    @Override
    public void reconnect() {
        run(() -> {
            isDown = false;
            List.copyOf(buses).forEach(InJvmBus::restoreNow);
        });
    }

    @Override
    public void restartEmpty() {
        run(() -> {
            entries.clear();
            kept.clear();
        });
        disconnect();
        reconnect();
    }

    /** Waits until nothing is on its way. */
    public synchronized void awaitDelivery() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (isRunning || !tasks.isEmpty()) {
            if (end - System.nanoTime() < 0) {
                throw new IllegalStateException(tasks.size() + " tasks are on their way");
            }
            pause(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        tasks.clear();
        notifyAll();
    }

    /** Waits for a task, unless the network has ended or the caller is its thread. */
    void await(CompletableFuture<Void> task) {
        if (Thread.currentThread() != thread && thread.isAlive()) {
            task.completeOnTimeout(null, 1, TimeUnit.SECONDS).join();
        }
    }

    void run(Runnable task) {
        at(System.nanoTime(), task);
    }

    /** Runs a task on the thread at a time; tasks of the same time in their order. Has no effect after the end. */
    synchronized void at(long nanos, Runnable task) {
        if (!isClosed) {
            tasks.add(new Task(nanos, numbered++, task));
            notifyAll();
        }
    }

    private void runAll() {
        for (Task task = next(); task != null; task = next()) {
            try {
                task.body().run();
            } catch (Throwable fault) {
                fault.printStackTrace();
            }
        }
    }

    /** Waits for the next task; returns null at the end. */
    private synchronized @Nullable Task next() {
        isRunning = false;
        notifyAll();
        while (!isClosed) {
            Task first = tasks.peek();
            long wait = first == null ? TimeUnit.SECONDS.toNanos(1) : first.at() - System.nanoTime();
            if (wait <= 0) {
                isRunning = true;
                return tasks.poll();
            }
            pause(wait);
        }
        return null;
    }

    long delayNanos() {
        long max = faults.maxDelay().toNanos();
        return max == 0 ? 0 : random.nextLong(max + 1);
    }

    /** Adds a bus, which connects now unless all are disconnected. */
    void add(InJvmBus bus) {
        buses.add(bus);
        if (!isDown) {
            bus.restoreNow();
        }
    }

    void remove(InJvmBus bus) {
        buses.remove(bus);
    }

    void deliver(InJvmBus from, String channel, byte[] frame) {
        boolean twice = random.nextInt(100) < faults.repeatPercent();
        for (InJvmBus bus : List.copyOf(buses)) {
            bus.deliver(channel, frame.clone());
            if (twice) {
                bus.deliver(channel, frame.clone());
            }
        }
        if (random.nextInt(1_000) < faults.cutPerMille()) {
            from.cutNow();
            at(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(MAX_CUT_MILLIS)), from::restoreNow);
        }
    }

    void put(String key, String nodeId, byte[] entry) {
        entries.computeIfAbsent(key, id -> new HashMap<>()).put(nodeId, entry);
    }

    /** Removes an entry and returns those that are left. */
    Map<String, byte[]> removeEntry(String key, String nodeId) {
        Map<String, byte[]> found = entries.getOrDefault(key, new HashMap<>());
        found.remove(nodeId);
        if (found.isEmpty()) {
            entries.remove(key);
        }
        return Map.copyOf(found);
    }

    Map<String, byte[]> read(String key) {
        return Map.copyOf(entries.getOrDefault(key, Map.of()));
    }

    void keep(String key, byte[] value, Duration life) {
        kept.put(key, new Kept(value, System.nanoTime() + life.toNanos()));
    }

    Optional<byte[]> take(String key) {
        Kept found = kept.remove(key);
        return found == null || found.expiresAt() - System.nanoTime() <= 0
                ? Optional.empty()
                : Optional.of(found.value());
    }
}

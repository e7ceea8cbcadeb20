package io.roomcast.chat.socketio.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomcast.chat.socketio.redis.Operation.Simple;
import io.roomcast.chat.spi.ClusterBus.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Connects to Redis, again after each loss, and writes what waits, on a thread of its own. Everything that waits is sent
 * together, so the number of packets falls while the load rises.
 */
final class RedisWriter implements RedisReader.Receiver {
    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(6);
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** The pause after a refused entry: a Redis without memory, or without a right, will refuse the next ones as well. */
    private static final long REFUSED_ENTRY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final byte[] ENTRY_SECONDS = Operation.number(OwnEntries.LIFE.toSeconds());
    private static final int MAX_OPERATIONS = 512;
    private static final int MAX_BYTES = 64 * 1_024;
    private static final int MAX_ENTRIES = 256;

    private final RedisEndpoint endpoint;
    private final RedisNames names;
    private final OperationQueue queue;
    private final OwnEntries entries;
    private final Subscriptions subscriptions;
    private final ListenerCalls listener;
    private final Supplier<String> nodeId;
    private final ConnectionLog log;
    private final byte[] heartbeat;
    private final Backoff backoff = new Backoff();
    private final Thread thread = new Thread(this::run, "chat-redis-writer");

    private volatile long connectedAt;
    private volatile boolean isConnected;
    private volatile boolean isClosed;
    private volatile boolean isParked;

    /** Whether the connection that receives is ready, and no heartbeat was sent since. */
    private volatile boolean isReady;

    private long pingedAt;

    /** No entry is written before this time. */
    private long entriesFrom;

    RedisWriter(RedisSettings settings, RedisState state, ListenerCalls listener, Supplier<String> nodeId) {
        this.endpoint = new RedisEndpoint(settings);
        this.names = state.names();
        this.queue = state.queue();
        this.entries = state.entries();
        this.subscriptions = state.subscriptions();
        this.listener = listener;
        this.nodeId = nodeId;
        this.log = new ConnectionLog(settings);
        this.heartbeat = names.heartbeat(UUID.randomUUID().toString());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isConnected() {
        return isConnected;
    }

    /** Continues if the thread waits for work. Never blocks. */
    void wake() {
        if (isParked) {
            LockSupport.unpark(thread);
        }
    }

    private void park(long nanos) {
        isParked = true;
        if (!hasWork()) {
            LockSupport.parkNanos(this, nanos);
        }
        isParked = false;
    }

    private boolean hasWork() {
        return isClosed || isReady || !queue.isEmpty() || mayWriteEntries() || subscriptions.hasChanged();
    }

    private boolean mayWriteEntries() {
        return entries.hasChanged() && System.nanoTime() - entriesFrom >= 0;
    }

    private void run() {
        while (!isClosed) {
            try (RedisSession session = new RedisSession(endpoint, names, heartbeat, this)) {
                serve(session);
            } catch (Throwable failure) {
                log.lost(failure);
            }
            disconnected();
            pause(backoff.nextNanos());
        }
    }

    private void serve(RedisSession session) {
        session.start(subscriptions.begin());
        entries.markAll(System.nanoTime());
        pingedAt = System.nanoTime();
        entriesFrom = pingedAt;
        while (!isClosed) {
            session.check();
            if (isReady || System.nanoTime() - pingedAt >= PING_NANOS) {
                ping(session);
            }
            checkHeartbeat(session);
            write(session);
            park(PING_NANOS - (System.nanoTime() - pingedAt));
        }
        removeEntries(session);
    }

    private void ping(RedisSession session) {
        isReady = false;
        pingedAt = System.nanoTime();
        session.ping();
    }

    private static void checkHeartbeat(RedisSession session) {
        if (System.nanoTime() - session.heardAt() > SILENCE_NANOS) {
            throw new JedisConnectionException("the bus no longer receives its own frames");
        }
    }

    private void write(RedisSession session) {
        if (subscriptions.hasChanged()) {
            session.apply(subscriptions.takeChanges());
        }
        entries.markAllIfDue(System.nanoTime());
        List<Operation> operations = queue.take(MAX_OPERATIONS, MAX_BYTES);
        // Later than the operations, because those that remove an entry precede its next value.
        if (mayWriteEntries()) {
            entries.takeChanged(MAX_ENTRIES).forEach(key -> addEntry(key, operations));
        }
        if (!operations.isEmpty()) {
            session.run(operations, this::errorReply);
        }
        listener.reportLost();
    }

    private void addEntry(String key, List<Operation> operations) {
        byte[] name = names.entries(key);
        byte[] field = nodeId.get().getBytes(UTF_8);
        entries.markWritten(key);
        byte[] value = entries.get(key);
        if (value == null) {
            entries.markRemoved(key);
            operations.add(entryOperation(key, Command.HDEL, name, field));
        } else {
            operations.add(entryOperation(key, Command.HSET, name, field, value));
            operations.add(new Simple(Command.EXPIRE, name, ENTRY_SECONDS));
        }
    }

    private Operation entryOperation(String key, Command command, byte[]... arguments) {
        return new Simple(command, () -> entryFailed(key), arguments);
    }

    private void entryFailed(String key) {
        entries.markUnknown(key);
        entriesFrom = System.nanoTime() + REFUSED_ENTRY_NANOS;
    }

    /** A server that has become a replica, or is still loading, is of no use. Any other error concerns one command. */
    private void errorReply(JedisDataException error) {
        switch (ConnectionLog.reason(error)) {
            case "READONLY", "LOADING", "MASTERDOWN", "NOAUTH", "MISCONF" -> throw error;
            default -> log.refused(error);
        }
    }

    @Override
    public void onFrame(byte[] name, byte[] frame) {
        String channel = RedisNames.channelOf(name);
        listener.call(called -> called.onFrame(channel, frame));
    }

    @Override
    public void onSubscribed() {
        subscriptions.confirmed();
    }

    @Override
    public void onReady() {
        isReady = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void onHeartbeat() {
        if (!isConnected && !isClosed) {
            connectedAt = System.nanoTime();
            isConnected = true;
            log.connected();
            listener.call(Listener::onConnected);
        }
    }

    @Override
    public void onLost() {
        LockSupport.unpark(thread);
    }

    private void disconnected() {
        subscriptions.end();
        if (isConnected) {
            isConnected = false;
            if (System.nanoTime() - connectedAt >= STABLE_NANOS) {
                backoff.reset();
            }
            if (!isClosed) {
                listener.call(Listener::onDisconnected);
            }
        }
        queue.failAll();
        listener.reportLost();
    }

    private void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (!isClosed && end - System.nanoTime() > 0) {
            LockSupport.parkNanos(this, PAUSE_STEP_NANOS);
            queue.failAll();
            listener.reportLost();
        }
    }

    private void removeEntries(RedisSession session) {
        long end = System.nanoTime() + CLOSE_NANOS;
        byte[] field = nodeId.get().getBytes(UTF_8);
        List<Operation> removals = new ArrayList<>();
        for (String key : entries.keys()) {
            removals.add(new Simple(Command.HDEL, names.entries(key), field));
            if (removals.size() == MAX_OPERATIONS && end - System.nanoTime() > 0) {
                session.run(removals, error -> {});
                removals.clear();
            }
        }
        session.run(removals, error -> {});
    }

    /** Removes the entries of this node, and ends. Waits for at most a second. */
    void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            if (Thread.currentThread() != thread) {
                thread.join(TimeUnit.NANOSECONDS.toMillis(CLOSE_NANOS));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.roomcast.chat.socketio.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Reads what Redis sends to a connection that subscribed to channels, on a thread of its own, until it is lost. */
final class RedisReader {
    /** Handles what is read. Called on the reader's thread. */
    interface Receiver {
        /** A frame was received in a channel, by its name in Redis. */
        void onFrame(byte[] name, byte[] frame);

        /** Redis confirmed a subscription, other than that to the heartbeat. */
        void onSubscribed();

        /** Redis confirmed the subscription to the heartbeat, which is the last of a new connection. */
        void onReady();

        /** This bus received its own heartbeat. */
        void onHeartbeat();

        /** The connection is lost. Called last, after {@link #failure()} returns why. */
        void onLost();
    }

    private static final byte[] MESSAGE = "message".getBytes(US_ASCII);
    private static final byte[] SUBSCRIBE = "subscribe".getBytes(US_ASCII);
    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(1);
    private static final int MESSAGE_PARTS = 3;

    private final Connection connection;
    private final byte[] heartbeat;
    private final Receiver receiver;
    private final Runnable onFailure;
    private final Thread thread = new Thread(this::run, "chat-redis-reader");

    @Nullable
    private volatile RuntimeException failure;

    private volatile long heardAt = System.nanoTime();

    /**
     * Creates a reader that has not started.
     *
     * @param heartbeat the channel of this bus's heartbeat
     * @param onFailure is called on the reader's thread after the connection is lost
     */
    RedisReader(Connection connection, byte[] heartbeat, Receiver receiver, Runnable onFailure) {
        this.connection = connection;
        this.heartbeat = heartbeat;
        this.receiver = receiver;
        this.onFailure = onFailure;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                handle(connection.getUnflushedObject());
            }
        } catch (RuntimeException lost) {
            failure = lost;
        } catch (Throwable fault) {
            failure = new JedisConnectionException(fault);
        }
        onFailure.run();
        receiver.onLost();
    }

    private void handle(Object reply) {
        if (!(reply instanceof List<?> parts) || parts.size() < 2 || !(parts.get(0) instanceof byte[] kind)) {
            return;
        }
        if (Arrays.equals(kind, MESSAGE) && parts.size() == MESSAGE_PARTS) {
            handle((byte[]) parts.get(1), (byte[]) parts.get(2));
        } else if (Arrays.equals(kind, SUBSCRIBE)) {
            subscribed((byte[]) parts.get(1));
        }
    }

    private void subscribed(byte[] name) {
        if (Arrays.equals(name, heartbeat)) {
            receiver.onReady();
        } else {
            receiver.onSubscribed();
        }
    }

    private void handle(byte[] name, byte[] frame) {
        if (Arrays.equals(name, heartbeat)) {
            heardAt = System.nanoTime();
            receiver.onHeartbeat();
        } else {
            receiver.onFrame(name, frame);
        }
    }

    /** Returns why the connection is lost, or null if it is not. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    long heardAt() {
        return heardAt;
    }

    /** Waits for at most a second until nothing more is received. */
    void awaitEnd() {
        try {
            if (Thread.currentThread() != thread) {
                thread.join(END_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

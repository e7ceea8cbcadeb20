package io.roomcast.chat.socketio.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.roomcast.chat.socketio.redis.Operation.Publish;
import io.roomcast.chat.socketio.redis.Operation.ReadEntries;
import io.roomcast.chat.socketio.redis.Operation.RemoveEntry;
import io.roomcast.chat.socketio.redis.Operation.Request;
import io.roomcast.chat.socketio.redis.Operation.Simple;
import io.roomcast.chat.socketio.redis.Operation.Take;
import io.roomcast.chat.spi.ClusterBus;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * A bus over Redis 6.2 or newer, with jedis 8, which the host adds to its dependencies.
 *
 * <pre>{@code
 * ClusterBus bus = RedisBus.connect("rediss://user:password@redis:6379");
 * }</pre>
 *
 * <p>Frames travel by {@code PUBLISH} and {@code SUBSCRIBE}. Entries are hashes that expire an hour after their last
 * write, and each node writes its own every 20 minutes. The bus uses two connections and two threads. It is connected once
 * it receives a heartbeat of its own, which it publishes every 2 s, and reconnects if it receives none for 6 s, after
 * pauses of 50 ms to 2 s. Up to 16 MiB wait while Redis is slow; further frames are dropped and reported.
 *
 * <p>A Redis that cannot be reached is logged as one warning, and the bus waits for it. Users and passwords appear in no
 * log and no message.
 *
 * <p>Nodes sign their frames, but do not encrypt them: use TLS where others can read the network. Redis needs no
 * persistence. All names begin with a {@linkplain RedisBusBuilder#prefix prefix}. These rights of a user suffice:
 *
 * <pre>
 * resetkeys resetchannels -&#64;all ~rc:* &amp;rc:* +publish +subscribe +unsubscribe +ping +multi +exec +hset +hdel
 *     +hgetall +expire +set +getdel +hello +auth
 * </pre>
 *
 * <p>Safe for use by any thread.
 */
public final class RedisBus implements ClusterBus {
    private final RedisSettings settings;
    private final RedisNames names;
    private final RedisState state;

    @Nullable
    private volatile RedisWriter writer;

    @Nullable
    private volatile ListenerCalls calls;

    private volatile String nodeId = "";
    private volatile boolean isClosed;

    RedisBus(RedisSettings settings) {
        this.settings = settings;
        this.names = new RedisNames(settings.prefix());
        this.state = new RedisState(names);
    }

    /**
     * Returns a bus with the default settings. Connects only when a chat opens it.
     *
     * @param uri as of {@link #builder}
     * @throws IllegalArgumentException if it is malformed; the message does not repeat it
     * @throws IllegalStateException if jedis is not on the class path
     */
    public static RedisBus connect(String uri) {
        return builder(uri).build();
    }

    /**
     * Returns a builder.
     *
     * @param uri the address of Redis, such as {@code redis://redis:6379}, with {@code rediss} for TLS and {@code
     *     user:password@} before the host; or that of its Sentinels, such as {@code
     *     redis-sentinel://a:26379,b:26379,c:26379/mymaster}, with {@code rediss-sentinel} for TLS to both
     * @throws IllegalArgumentException if it is malformed; the message does not repeat it
     */
    public static RedisBusBuilder builder(String uri) {
        return new RedisBusBuilder(RedisUri.parse(requireNonNull(uri, "uri")));
    }

    @Override
    public void open(String nodeId, Listener listener) {
        requireNonNull(listener, "listener");
        this.nodeId = requireNonNull(nodeId, "nodeId");
        ListenerCalls opened = new ListenerCalls(listener);
        calls = opened;
        RedisWriter started = new RedisWriter(settings, state, opened, () -> this.nodeId);
        writer = started;
        if (!isClosed) {
            started.start();
        }
    }

    @Override
    public void rename(String nodeId) {
        requireNonNull(nodeId, "nodeId");
        byte[] before = this.nodeId.getBytes(UTF_8);
        this.nodeId = nodeId;
        state.entries().keys().forEach(key -> send(new Simple(Command.HDEL, names.entries(key), before)));
        state.entries().markAll();
        wake();
    }

    private boolean isConnected() {
        RedisWriter started = writer;
        return started != null && started.isConnected() && !isClosed;
    }

    private void send(Operation operation) {
        if (isConnected()) {
            state.queue().add(operation);
            wake();
            failIfClosed();
        } else {
            operation.fail();
        }
    }

    /** The bus may have been closed since the check, and then no thread takes what waits. */
    private void failIfClosed() {
        if (isClosed) {
            state.queue().failAll();
        }
    }

    private void wake() {
        RedisWriter started = writer;
        if (started != null) {
            started.wake();
        }
    }

    @Override
    public void publish(String channel, byte[] frame) {
        requireNonNull(channel, "channel");
        requireNonNull(frame, "frame");
        send(new Publish(names.channel(channel), frame, () -> lost(channel)));
    }

    private void lost(String channel) {
        ListenerCalls opened = calls;
        if (opened != null) {
            opened.addLost(channel);
        }
    }

    @Override
    public CompletionStage<Void> subscribe(Collection<String> channels) {
        requireNonNull(channels, "channels");
        CompletionStage<Void> result = state.subscriptions().subscribe(channels);
        wake();
        return result;
    }

    @Override
    public void unsubscribe(Collection<String> channels) {
        requireNonNull(channels, "channels");
        state.subscriptions().unsubscribe(channels);
        wake();
    }

    @Override
    public void putEntry(String key, byte[] entry) {
        requireNonNull(key, "key");
        requireNonNull(entry, "entry");
        state.entries().put(key, entry);
        wake();
    }

    @Override
    public CompletionStage<Map<String, byte[]>> removeEntry(String key) {
        requireNonNull(key, "key");
        state.entries().remove(key);
        CompletionStage<Map<String, byte[]>> result =
                request(new RemoveEntry(names.entries(key), nodeId.getBytes(UTF_8)));
        return result.whenComplete((left, failure) -> settleRemoval(key, failure));
    }

    /** A later value follows the removal, and a removal that may have failed is repeated. */
    private void settleRemoval(String key, @Nullable Throwable failure) {
        if (failure == null) {
            state.entries().markRemoved(key);
        } else {
            state.entries().markNotRemoved(key);
        }
        wake();
    }

    private <T> CompletionStage<T> request(Request<T> request) {
        send(request);
        return request.result();
    }

    @Override
    public void discardEntry(String key, String nodeId) {
        requireNonNull(key, "key");
        requireNonNull(nodeId, "nodeId");
        send(new Simple(Command.HDEL, names.entries(key), nodeId.getBytes(UTF_8)));
    }

    @Override
    public CompletionStage<Map<String, Map<String, byte[]>>> readEntries(Collection<String> keys) {
        requireNonNull(keys, "keys");
        Map<String, byte[]> named = new LinkedHashMap<>();
        keys.forEach(key -> named.put(key, names.entries(key)));
        return request(new ReadEntries(named));
    }

    @Override
    public void keep(String key, byte[] value, Duration life) {
        requireNonNull(key, "key");
        requireNonNull(value, "value");
        requireNonNull(life, "life");
        byte[] millis = Operation.number(Math.max(1, life.toMillis()));
        send(new Simple(Command.SET, names.kept(key), value, "PX".getBytes(UTF_8), millis));
    }

    @Override
    public CompletionStage<Optional<byte[]>> take(String key) {
        requireNonNull(key, "key");
        return request(new Take(names.kept(key)));
    }

    @Override
    public void close() {
        isClosed = true;
        RedisWriter started = writer;
        ListenerCalls opened = calls;
        if (started != null && opened != null) {
            started.close();
            opened.close();
        }
        state.subscriptions().close();
        state.queue().failAll();
    }

    /** Returns the address and the prefix, without users and passwords. */
    @Override
    public String toString() {
        return "RedisBus[" + settings + "]";
    }
}

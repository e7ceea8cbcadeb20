package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A bus without a connection: sends and holds nothing, and never calls its listener. Safe for use by any thread.
 *
 * @param interval the interval of the comparisons with the store, or null if there are no other nodes
 */
record DetachedBus(@Nullable Duration interval) implements ClusterBus {
    static final ClusterBus LOCAL = new DetachedBus(null);

    private static final Duration MIN_INTERVAL = Duration.ofMillis(100);
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    static ClusterBus viaStore(Duration every) {
        if (every.compareTo(MIN_INTERVAL) < 0) {
            throw new IllegalArgumentException("every: " + every + " (expected: at least 100 ms)");
        }
        return new DetachedBus(every);
    }

    @Override
    public void open(String nodeId, Listener listener) {
        requireNonNull(nodeId, "nodeId");
        requireNonNull(listener, "listener");
    }

    @Override
    public void rename(String nodeId) {
        requireNonNull(nodeId, "nodeId");
    }

    @Override
    public void publish(String channel, byte[] frame) {
        requireNonNull(channel, "channel");
        requireNonNull(frame, "frame");
    }

    @Override
    public CompletionStage<Void> subscribe(Collection<String> channels) {
        requireNonNull(channels, "channels");
        return DONE;
    }

    @Override
    public void unsubscribe(Collection<String> channels) {
        requireNonNull(channels, "channels");
    }

    @Override
    public void putEntry(String key, byte[] entry) {
        requireNonNull(key, "key");
        requireNonNull(entry, "entry");
    }

    @Override
    public CompletionStage<Map<String, byte[]>> removeEntry(String key) {
        requireNonNull(key, "key");
        return CompletableFuture.completedStage(Map.of());
    }

    @Override
    public void discardEntry(String key, String nodeId) {
        requireNonNull(key, "key");
        requireNonNull(nodeId, "nodeId");
    }

    @Override
    public CompletionStage<Map<String, Map<String, byte[]>>> readEntries(Collection<String> keys) {
        requireNonNull(keys, "keys");
        return CompletableFuture.completedStage(Map.of());
    }

    @Override
    public void keep(String key, byte[] value, Duration life) {
        requireNonNull(key, "key");
        requireNonNull(value, "value");
        requireNonNull(life, "life");
    }

    @Override
    public CompletionStage<Optional<byte[]>> take(String key) {
        requireNonNull(key, "key");
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public Optional<Duration> pollInterval() {
        return Optional.ofNullable(interval);
    }

    @Override
    public boolean connects() {
        return false;
    }

    @Override
    public void close() {}
}

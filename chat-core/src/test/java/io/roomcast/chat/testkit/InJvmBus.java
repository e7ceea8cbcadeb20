package io.roomcast.chat.testkit;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.spi.ClusterBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A bus of a {@link BusNetwork}. */
public final class InJvmBus implements ClusterBus {
    private record Waiting(Set<String> channels, CompletableFuture<Void> result) {}

    private final BusNetwork network;

    // The fields below belong to the network's thread, except for those that are volatile.
    private final Set<String> wanted = new HashSet<>();
    private final Set<String> subscribed = new HashSet<>();
    private final Map<String, byte[]> entries = new HashMap<>();
    private final Set<String> removed = new HashSet<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<CompletableFuture<?>> requests = new ArrayList<>();

    @Nullable
    private Listener listener;

    private String nodeId = "";
    private boolean isCut = true;
    private long life;
    private long upAt = System.nanoTime();
    private long downAt = System.nanoTime();
    private int drops;
    private volatile boolean isConnected;
    private volatile boolean isClosed;

    InJvmBus(BusNetwork network) {
        this.network = network;
    }

    /** Cuts the connection, until {@link #restore}. What is on its way is lost. */
    public void cut() {
        network.run(this::cutNow);
    }

    /** Permits the connection again. */
    public void restore() {
        network.run(this::restoreNow);
    }

    /** Reports that frames in any channel may be lost. */
    public void loseMany() {
        network.run(() -> call(Listener::onManyUnacknowledged));
    }

    /** Loses the next frames, and reports that. */
    public void dropNext(int frames) {
        network.run(() -> drops = frames);
    }

    void cutNow() {
        isCut = true;
        life++;
        subscribed.clear();
        List.copyOf(requests).forEach(request -> request.completeExceptionally(new IllegalStateException("cut")));
        requests.clear();
        if (isConnected) {
            isConnected = false;
            call(Listener::onDisconnected);
        }
    }

    void restoreNow() {
        isCut = false;
        connect();
    }

    private interface Call {
        void on(Listener listener);
    }

    private void call(Call call) {
        if (!isClosed && listener != null) {
            try {
                call.on(listener);
            } catch (RuntimeException ofListener) {
                // The listener is at fault, and the bus continues.
            }
        }
    }

    private void connect() {
        if (isClosed || isCut || isConnected || listener == null) {
            return;
        }
        up(
                () -> {
                    subscribed.addAll(wanted);
                    removed.forEach(key -> network.removeEntry(key, nodeId));
                    removed.clear();
                    entries.forEach((key, entry) -> network.put(key, nodeId, entry));
                    down(this::connected);
                },
                () -> {});
    }

    private void connected() {
        if (!isConnected) {
            isConnected = true;
            call(Listener::onConnected);
            waiting.forEach(each -> each.result().complete(null));
            waiting.clear();
        }
    }

    /** Does something on the other side, in the order of the calls, unless the connection is cut before. */
    private void up(Runnable there, Runnable lost) {
        long sentIn = life;
        upAt = Math.max(upAt, System.nanoTime() + network.delayNanos());
        network.at(upAt, () -> (life == sentIn && !isClosed ? there : lost).run());
    }

    /** Does something on this side, in the order of the calls, unless the connection is cut before. */
    private void down(Runnable here) {
        long sentIn = life;
        downAt = Math.max(downAt, System.nanoTime() + network.delayNanos());
        network.at(downAt, () -> {
            if (life == sentIn && !isClosed) {
                here.run();
            }
        });
    }

    void deliver(String channel, byte[] frame) {
        if (subscribed.contains(channel)) {
            down(() -> call(called -> called.onFrame(channel, frame)));
        }
    }

    @Override
    public void open(String ownId, Listener opened) {
        network.run(() -> {
            nodeId = ownId;
            listener = requireNonNull(opened);
            network.add(this);
        });
    }

    @Override
    public void rename(String newId) {
        network.run(() -> {
            String before = nodeId;
            nodeId = newId;
            entries.keySet().forEach(key -> network.removeEntry(key, before));
            entries.forEach((key, entry) -> network.put(key, newId, entry));
        });
    }

    @Override
    public void publish(String channel, byte[] frame) {
        network.run(() -> {
            if (!isConnected || drops > 0) {
                drops = Math.max(0, drops - 1);
                unacknowledged(channel);
            } else {
                up(() -> network.deliver(this, channel, frame), () -> unacknowledged(channel));
            }
        });
    }

    private void unacknowledged(String channel) {
        call(called -> called.onUnacknowledged(channel));
    }

    @Override
    public CompletionStage<Void> subscribe(Collection<String> channels) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        Waiting added = new Waiting(Set.copyOf(channels), result);
        network.run(() -> subscribe(added));
        return isClosed ? CompletableFuture.failedFuture(new IllegalStateException("closed")) : result;
    }

    private void subscribe(Waiting added) {
        wanted.addAll(added.channels());
        waiting.add(added);
        if (!isCut) {
            up(
                    () -> {
                        subscribed.addAll(added.channels());
                        down(() -> complete(added));
                    },
                    () -> {});
        }
    }

    private void complete(Waiting added) {
        waiting.remove(added);
        added.result().complete(null);
    }

    @Override
    public void unsubscribe(Collection<String> channels) {
        network.run(() -> {
            channels.forEach(wanted::remove);
            up(() -> channels.forEach(subscribed::remove), () -> {});
        });
    }

    @Override
    public void putEntry(String key, byte[] entry) {
        network.run(() -> {
            entries.put(key, entry);
            removed.remove(key);
            up(() -> network.put(key, nodeId, entry), () -> {});
        });
    }

    @Override
    public CompletionStage<Map<String, byte[]>> removeEntry(String key) {
        network.run(() -> {
            entries.remove(key);
            removed.add(key);
        });
        return request(() -> {
            removed.remove(key);
            return network.removeEntry(key, nodeId);
        });
    }

    private <T> CompletionStage<T> request(Supplier<T> there) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (isClosed || !isConnected) {
            result.completeExceptionally(new IllegalStateException("disconnected"));
            return result;
        }
        Runnable lost = () -> result.completeExceptionally(new IllegalStateException("disconnected"));
        network.run(() -> {
            requests.add(result);
            up(
                    () -> {
                        T answer = there.get();
                        down(() -> answer(result, answer));
                    },
                    lost);
        });
        return result;
    }

    private <T> void answer(CompletableFuture<T> result, T answer) {
        requests.remove(result);
        result.complete(answer);
    }

    @Override
    public void discardEntry(String key, String goneId) {
        network.run(() -> up(() -> network.removeEntry(key, goneId), () -> {}));
    }

    @Override
    public CompletionStage<Map<String, Map<String, byte[]>>> readEntries(Collection<String> keys) {
        return request(() -> keys.stream()
                .distinct()
                .filter(key -> !network.read(key).isEmpty())
                .collect(Collectors.toMap(key -> key, network::read)));
    }

    @Override
    public void keep(String key, byte[] value, Duration life) {
        network.run(() -> up(() -> network.keep(key, value, life), () -> {}));
    }

    @Override
    public CompletionStage<Optional<byte[]>> take(String key) {
        return request(() -> network.take(key));
    }

    @Override
    public void close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        // Frames that were published before are still sent.
        network.run(() -> network.at(upAt, () -> {
            closeNow();
            closed.complete(null);
        }));
        network.await(closed);
        isClosed = true;
    }

    private void closeNow() {
        isClosed = true;
        life++;
        network.remove(this);
        entries.keySet().forEach(key -> network.removeEntry(key, nodeId));
        waiting.forEach(each -> each.result().completeExceptionally(new IllegalStateException("closed")));
        requests.forEach(each -> each.completeExceptionally(new IllegalStateException("closed")));
    }
}

package io.roomcast.chat.internal.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ClusterBus;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Connects a chat to the other nodes through a bus. Safe for use by any thread; no method blocks except {@link #close}. */
public final class ClusterLink implements AutoCloseable {
    private static final HexFormat HEX = HexFormat.of();

    private final ClusterBus bus;
    private final Frames frames;
    private final ClusterReceiver receiver;
    private final Inbox inbox;
    private final Outbox outbox;
    private volatile NodeId self = NodeId.random();
    private volatile boolean isConnected;

    /**
     * Creates a link that is not open.
     *
     * @param key the cluster's key
     * @param clock the clock of this node
     * @param metrics is notified of frames
     */
    public ClusterLink(ClusterBus bus, byte[] key, ClusterReceiver receiver, Clock clock, ChatMetrics metrics) {
        FrameCounts counts = new FrameCounts(metrics);
        this.bus = bus;
        this.frames = new Frames(key);
        this.receiver = receiver;
        this.inbox = new Inbox(frames, this::self, receiver, counts, clock);
        this.outbox = new Outbox(bus, frames, this::self, counts, clock);
    }

    /** Starts the bus. */
    public void open() {
        bus.open(self.toString(), new BusListener());
    }

    /** Returns the id of this node. */
    public NodeId self() {
        return self;
    }

    /** Continues under a new id, because others consider this node gone. */
    public void rename() {
        self = NodeId.random();
        bus.rename(self.toString());
    }

    /** Returns whether this node receives the frames of other nodes now. */
    public boolean isConnected() {
        return isConnected;
    }

    /**
     * Notifies other nodes, unless the bus is disconnected. A conversation whose messages other nodes may miss is
     * recorded until {@link #takeUnsent}.
     */
    public void publish(Channel channel, ClusterEvent event) {
        outbox.publish(channel, event);
    }

    /** Returns the conversations of which other nodes may have missed messages or changes, and forgets them. */
    public Unsent takeUnsent() {
        return outbox.takeUnsent();
    }

    /** Subscribes to channels. The result completes once this node receives them. */
    public CompletionStage<Void> subscribe(Collection<Channel> channels) {
        return bus.subscribe(channels.stream().map(Channel::name).toList());
    }

    /** Ends subscriptions. */
    public void unsubscribe(Collection<Channel> channels) {
        bus.unsubscribe(channels.stream().map(Channel::name).toList());
    }

    /**
     * Keeps a value until a node takes it. The bus learns a hash of the secret, and the value with a signature.
     *
     * @return false while the bus is disconnected; the value is then not kept
     */
    public boolean keep(String secret, byte[] value, Duration life) {
        if (!isConnected) {
            return false;
        }
        String key = hash(secret);
        bus.keep(key, frames.sign(key, value), life);
        return true;
    }

    /**
     * Takes a kept value. The result is empty if there is none that a node of this cluster has signed; it fails while the
     * bus is disconnected.
     */
    public CompletionStage<Optional<byte[]>> take(String secret) {
        String key = hash(secret);
        return bus.take(key).thenApply(found -> found.flatMap(value -> frames.verify(key, value)));
    }

    /** Returns the key under which a value with a secret is kept: the SHA-256 of the secret in hexadecimal digits. */
    static String hash(String secret) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is not available", impossible);
        }
    }

    /** Notifies other nodes of a state, and sets this node's entry to it; an empty state removes the entry. */
    public void announce(NodeState state) {
        outbox.announce(state);
    }

    /** Removes the entry of a node that is gone. */
    public void discardEntry(Channel channel, NodeId node) {
        bus.discardEntry(channel.name(), node.toString());
    }

    /** Reads the entries of the other nodes in channels. Fails while the bus is disconnected. */
    public CompletionStage<Map<Channel, Map<NodeId, NodeState>>> readEntries(Collection<Channel> channels) {
        return bus.readEntries(channels.stream().map(Channel::name).toList()).thenApply(read -> {
            Map<Channel, Map<NodeId, NodeState>> entries = new HashMap<>();
            channels.forEach(channel ->
                    entries.put(channel, inbox.entries(channel, read.getOrDefault(channel.name(), Map.of()))));
            return entries;
        });
    }

    /** Ends the bus. Blocks for at most a second. */
    @Override
    public void close() {
        isConnected = false;
        bus.close();
    }

    private final class BusListener implements ClusterBus.Listener {
        @Override
        public void onFrame(String channel, byte[] frame) {
            inbox.accept(channel, frame);
        }

        @Override
        public void onConnected() {
            isConnected = true;
            receiver.onConnected();
        }

        @Override
        public void onDisconnected() {
            isConnected = false;
            receiver.onDisconnected();
        }

        @Override
        public void onUnacknowledged(String name) {
            Channel channel = Channel.named(name);
            reportIf(channel != null && outbox.addUnsent(channel));
        }

        @Override
        public void onManyUnacknowledged() {
            reportIf(outbox.addManyUnsent());
        }

        private void reportIf(boolean isFirst) {
            if (isFirst && isConnected) {
                receiver.onUnsent();
            }
        }
    }
}

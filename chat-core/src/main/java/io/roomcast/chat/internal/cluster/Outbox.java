package io.roomcast.chat.internal.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.spi.ClusterBus;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Encodes events and passes them to the bus, and remembers the conversations whose events may be lost. Safe for use by
 * any thread; never blocks.
 */
final class Outbox {
    /** The maximum number of conversations that are remembered: {@value}. */
    static final int MAX_UNSENT = 100_000;

    private final ClusterBus bus;
    private final Frames frames;
    private final Supplier<NodeId> self;
    private final FrameCounts counts;
    private final Clock clock;

    @GuardedBy("this")
    private Set<String> unsent = new HashSet<>();

    @GuardedBy("this")
    private boolean isComplete = true;

    Outbox(ClusterBus bus, Frames frames, Supplier<NodeId> self, FrameCounts counts, Clock clock) {
        this.bus = bus;
        this.frames = frames;
        this.self = self;
        this.counts = counts;
        this.clock = clock;
    }

    void publish(Channel channel, ClusterEvent event) {
        byte[] frame = encode(channel, event);
        if (frame != null) {
            send(channel, frame);
        }
    }

    private byte @Nullable [] encode(Channel channel, ClusterEvent event) {
        byte[] frame = frames.encode(self.get(), clock.millis(), channel.name(), event);
        if (frame == null) {
            counts.countDropped(DropReason.TOO_LONG);
        }
        return frame;
    }

    private void send(Channel channel, byte[] frame) {
        counts.countSent();
        bus.publish(channel.name(), frame);
    }

    /** Publishes a state, and sets or removes this node's entry accordingly. */
    void announce(NodeState state) {
        Channel channel = state.channel();
        byte[] frame = encode(channel, state);
        if (frame == null) {
            return;
        }
        if (state.isEmpty()) {
            CompletionStage<?> unused = bus.removeEntry(channel.name());
        } else {
            bus.putEntry(channel.name(), frame);
        }
        send(channel, frame);
    }

    /**
     * Records that a frame in a channel may be lost. Returns whether it is the first since {@link #takeUnsent}. Only
     * conversations matter: what is sent in other channels is repeated, or not important after some time.
     */
    boolean addUnsent(Channel channel) {
        return channel.type() == Channel.Type.CONVERSATION && addUnsent(channel.id());
    }

    private synchronized boolean addUnsent(String conversationId) {
        boolean isFirst = unsent.isEmpty() && isComplete;
        if (isComplete && unsent.add(conversationId) && unsent.size() > MAX_UNSENT) {
            forgetUnsent();
        }
        return isFirst;
    }

    /** Records that a frame in any channel may be lost. Returns whether it is the first since {@link #takeUnsent}. */
    synchronized boolean addManyUnsent() {
        boolean isFirst = unsent.isEmpty() && isComplete;
        forgetUnsent();
        return isFirst;
    }

    @GuardedBy("this")
    private void forgetUnsent() {
        unsent = new HashSet<>();
        isComplete = false;
    }

    /** Returns the conversations recorded since the last call, and forgets them. */
    synchronized Unsent takeUnsent() {
        Unsent taken = new Unsent(unsent, isComplete);
        unsent = new HashSet<>();
        isComplete = true;
        return taken;
    }
}

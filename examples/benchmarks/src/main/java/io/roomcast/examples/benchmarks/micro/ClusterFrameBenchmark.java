package io.roomcast.examples.benchmarks.micro;

import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.ClusterEvent;
import io.roomcast.chat.internal.cluster.Frames;
import io.roomcast.chat.internal.cluster.NodeId;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the frame between nodes of a message of 200 characters: encoding with its signature, checking and decoding. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class ClusterFrameBenchmark {
    private static final String ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final String CHANNEL = Channel.conversation("conversation-1").name();
    private static final NodeId NODE = NodeId.random();

    private final Frames frames = new Frames(new byte[32]);
    private final ClusterEvent event = new ClusterEvent.MessageStored(new MessageDraft(
                    ID,
                    "conversation-1",
                    "user-1",
                    ID,
                    MessageBody.text(
                            "The quick brown fox jumps over it. ".repeat(6).substring(0, 200)),
                    Instant.ofEpochMilli(1L << 40))
            .at(42));
    private final byte @Nullable [] frame = frames.encode(NODE, 1L << 40, CHANNEL, event);

    /** Encodes and signs an event. */
    @Benchmark
    public byte @Nullable [] encodeFrame() {
        return frames.encode(NODE, 1L << 40, CHANNEL, event);
    }

    /** Checks and decodes a frame. */
    @Benchmark
    public Frames.@Nullable Frame decodeFrame() {
        return frame == null ? null : frames.decode(CHANNEL, frame);
    }
}

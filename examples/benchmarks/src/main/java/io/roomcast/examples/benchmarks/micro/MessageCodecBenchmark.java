package io.roomcast.examples.benchmarks.micro;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.socketio.internal.engine.EncodedPacket;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.internal.packet.Packets;
import io.roomcast.chat.socketio.internal.packet.SocketPacket;
import io.roomcast.chat.socketio.internal.wire.WireCommands;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures encoding and decoding of a message of 200 characters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class MessageCodecBenchmark {
    private static final String ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static final String CONTENT =
            "The quick brown fox jumps over it. ".repeat(6).substring(0, 200);

    private final MessageSent event = new MessageSent(new MessageDraft(
                    ID, "conversation-1", "user-1", ID, MessageBody.text(CONTENT), Instant.ofEpochMilli(1L << 40))
            .at(42));

    private final String packet =
            "2[\"sendMessage\",{\"conversationId\":\"conversation-1\",\"senderId\":\"user-1\",\"content\":\"" + CONTENT
                    + "\",\"type\":\"text\"}]";

    /** Encodes an event to the packet that all recipients share. */
    @Benchmark
    public boolean encodeMessageSent() {
        EncodedPacket encoded = Packets.event(event);
        encoded.release();
        return true;
    }

    /** Decodes a packet's text to a command. */
    @Benchmark
    public Command<?> decodeSendMessage() {
        JsonNode data = SocketPacket.parse(packet)
                .flatMap(parsed -> Json.parse(parsed.data()))
                .orElseThrow();
        return WireCommands.named(data.path(0).textValue())
                .orElseThrow()
                .decoder()
                .decode(data.path(1));
    }
}

package io.roomcast.chat.internal.cluster;

import io.roomcast.chat.fixture.RecordSamples;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/** Events of every type, with the channels in which they are valid. */
final class SampleEvents {
    static final byte[] KEY = "a key of the cluster, 32 bytes..".getBytes();
    static final NodeId NODE = new NodeId(0x0102030405060708L);
    static final long SENT_AT = 1_767_225_600_123L;

    record Sample(Channel channel, ClusterEvent event) {
        @Override
        public String toString() {
            return event.getClass().getSimpleName() + " in " + channel.name();
        }
    }

    private SampleEvents() {}

    /** Returns samples of each type, the smallest first, in their first valid channel. */
    static Stream<Sample> all() {
        return RecordSamples.types(ClusterEvent.class)
                .flatMap(type -> RecordSamples.all(Map.of()).map(samples -> sample(type, samples)));
    }

    private static Sample sample(Class<?> type, RecordSamples samples) {
        ClusterEvent event = (ClusterEvent) samples.of(type);
        FrameKind kind = FrameKind.ofCode(codeOf(event));
        Channel.Type channel = Stream.of(Channel.Type.values())
                .filter(kind::isValidIn)
                .findFirst()
                .orElseThrow();
        return new Sample(channel(channel, samples.size() == 0), event);
    }

    static int codeOf(ClusterEvent event) {
        FrameWriter out = new FrameWriter();
        event.accept(FrameEncoder.INSTANCE, out);
        return out.buffer()[0] & 0xFF;
    }

    /** Returns a channel whose id is that of the samples. */
    static Channel channel(Channel.Type type, boolean isSmallest) {
        String id = isSmallest ? "x" : type == Channel.Type.CONVERSATION ? "conversationId" : "userId";
        return new Channel(type, type == Channel.Type.ALL ? "" : id);
    }

    /** Returns a new message with the given text. */
    static ClusterEvent.MessageStored message(String content) {
        String id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
        return new ClusterEvent.MessageStored(
                new MessageDraft(id, "c", "user-1", id, MessageBody.text(content), Instant.ofEpochMilli(SENT_AT))
                        .at(42));
    }
}

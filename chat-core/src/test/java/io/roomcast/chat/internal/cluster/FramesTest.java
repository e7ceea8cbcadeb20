package io.roomcast.chat.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.fixture.RecordSamples;
import io.roomcast.chat.internal.cluster.ClusterEvent.Change;
import io.roomcast.chat.internal.cluster.ClusterEvent.Head;
import io.roomcast.chat.internal.cluster.ClusterEvent.UnreadNotice;
import io.roomcast.chat.internal.cluster.ControlEvent.Invalidate;
import io.roomcast.chat.internal.cluster.ControlEvent.NodeLeaving;
import io.roomcast.chat.internal.cluster.SampleEvents.Sample;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Position;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    private static final int KIND_AT = 17;
    private static final int FIELDS_AT = 18;

    private final Frames frames = new Frames(SampleEvents.KEY);

    private byte[] encode(Channel channel, ClusterEvent event) {
        return frames.encode(SampleEvents.NODE, SampleEvents.SENT_AT, channel.name(), event);
    }

    private byte[] encode(Sample sample) {
        return encode(sample.channel(), sample.event());
    }

    private DropReason rejection(Channel channel, byte[] frame) {
        return catchThrowableOfType(RejectedFrame.class, () -> frames.decode(channel.name(), frame))
                .reason();
    }

    static Stream<Sample> samples() {
        return SampleEvents.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void event_survives_encoding_and_decoding(Sample sample) {
        Frames.Frame frame = frames.decode(sample.channel().name(), encode(sample));

        assertThat(frame.event()).isEqualTo(sample.event());
        assertThat(frame.origin()).isEqualTo(new Origin(SampleEvents.NODE, SampleEvents.SENT_AT));
    }

    @Test
    void each_type_of_event_has_a_kind_of_its_own() {
        List<Integer> codes = RecordSamples.types(ClusterEvent.class)
                .map(type -> SampleEvents.codeOf((ClusterEvent) new RecordSamples(1).of(type)))
                .toList();

        assertThat(codes).doesNotHaveDuplicates().hasSameSizeAs(FrameKind.values());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void event_is_refused_where_it_does_not_belong(Sample sample) {
        FrameKind kind = FrameKind.ofCode(SampleEvents.codeOf(sample.event()));
        for (Channel.Type type : Channel.Type.values()) {
            Channel channel = SampleEvents.channel(type, false);
            if (!kind.isValidIn(type)) {
                assertThat(rejection(channel, encode(channel, sample.event())))
                        .as(channel.name())
                        .isEqualTo(DropReason.WRONG_CHANNEL);
            }
        }
    }

    /** Nodes of two releases run side by side during an upgrade, so the bytes of a version never change. */
    @Test
    void bytes_of_version_1_remain() {
        Map<String, String> golden = golden();
        List<Sample> all = SampleEvents.all().toList();
        for (int i = 0; i < all.size(); i++) {
            Sample sample = all.get(i);
            String name = sample.event().getClass().getSimpleName() + " " + i % 5;
            String bytes = golden.remove(name);
            assertThat(HexFormat.of().formatHex(encode(sample))).as(name).isEqualTo(bytes);
        }
        assertThat(golden).isEmpty();
    }

    /** A release that knew one file of a message, and no pins, wrote these. */
    @ParameterizedTest
    @ValueSource(strings = {"MessageStored 4", "Change 4"})
    void message_of_an_earlier_release_is_read(String name) {
        byte[] frame = HexFormat.of().parseHex(lines("frames-1-earlier.txt").get(name));
        ClusterEvent event = frames.decode("c:conversationId", frame).event();
        Message message = event instanceof Change change
                ? change.event().message()
                : ((ClusterEvent.MessageStored) event).message();

        assertThat(message.type()).isEqualTo(MessageType.CALL);
        assertThat(message.attachments())
                .containsExactly(new Attachment("fileUrl", "fileName", 4L, "mimeType", null, null, null, null));
        assertThat(message.body().mentions()).containsExactly("x", "mentions");
        assertThat(message.reactions()).hasSize(4);
        assertThat(message.pin()).isNull();
    }

    /** A release that knew no time of expiry wrote it. */
    @Test
    void preview_of_an_earlier_release_is_read() {
        byte[] frame = HexFormat.of().parseHex(lines("frames-1-earlier.txt").get("UnreadNotice 4"));
        UnreadNotice notice = (UnreadNotice) frames.decode("u:userId", frame).event();

        assertThat(notice.lastMessage())
                .isEqualTo(new MessagePreview(
                        "id", 4, 4, "senderId", MessageType.CALL, "content", Instant.ofEpochMilli(4), true, null));
    }

    private static Map<String, String> golden() {
        return lines("frames-1.txt");
    }

    private static Map<String, String> lines(String name) {
        try (InputStream file = FramesTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(": "))
                    .collect(Collectors.toMap(line -> line[0], line -> line[1]));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void frame_of_a_usual_message_is_small() {
        String content = "x".repeat(200);

        assertThat(encode(Channel.conversation("c"), SampleEvents.message(content)))
                .hasSizeLessThanOrEqualTo(380);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "ä", "漢字", "👍🏽", "\u0000", "\uFFFF"})
    void text_of_any_script_survives(String content) {
        Channel channel = Channel.conversation("c" + content);
        Message before = SampleEvents.message(content).message();
        ClusterEvent event = new Head(channel.id(), new Position(before.seq(), 0));

        assertThat(frames.decode(channel.name(), encode(channel, event)).event())
                .isEqualTo(event);
        assertThat(frames.decode("c:c", encode(Channel.conversation("c"), SampleEvents.message(content)))
                        .event())
                .isEqualTo(SampleEvents.message(content));
    }

    @Test
    void large_message_is_replaced_by_its_head() {
        Channel channel = Channel.conversation("c");
        ClusterEvent.MessageStored large = SampleEvents.message("x".repeat(50_000));
        Change change = new Change(new MessageEdited(large.message()));
        Head head = new Head("c", new Position(42, 0));

        assertThat(frames.decode("c:c", encode(channel, large)).event()).isEqualTo(head);
        assertThat(frames.decode("c:c", encode(channel, change)).event()).isEqualTo(head);
        assertThat(encode(channel, SampleEvents.message("x"))).hasSizeLessThan(200);
    }

    @Test
    void large_event_without_a_head_has_no_frame() {
        List<String> users =
                IntStream.range(0, 10_000).mapToObj(i -> "user" + i).toList();

        assertThat(encode(Channel.all(), new Invalidate("c", users, false))).isNull();
    }

    @Test
    void fields_of_a_later_release_are_skipped() {
        byte[] frame = encode(Channel.all(), new NodeLeaving());
        byte[] later = Arrays.copyOf(frame, frame.length + 8);
        int end = frame.length - FrameSigner.LENGTH;
        Arrays.fill(later, end, later.length, (byte) 0);
        later[end - 1] = 1;
        later[end] = 7;
        later[end + 4] = 3;
        sign("all", later);

        assertThat(frames.decode("all", later).event()).isEqualTo(new NodeLeaving());
    }

    /** So a node of an earlier release, which sends no such field, is understood as well. */
    @Test
    void later_field_is_omitted_if_it_is_empty() {
        Channel channel = Channel.conversation("c");
        ClusterEvent usual = new NodeState.RoomState("c", 1, 3, List.of(), 3, 0);
        ClusterEvent other = new NodeState.RoomState("c", 1, 3, List.of(), 4, 2);

        assertThat(encode(channel, other)).hasSize(encode(channel, usual).length + 13);
        assertThat(frames.decode(channel.name(), encode(channel, usual)).event())
                .isEqualTo(usual);
        assertThat(frames.decode(channel.name(), encode(channel, other)).event())
                .isEqualTo(other);
    }

    private void sign(String channel, byte[] frame) {
        int length = frame.length - FrameSigner.LENGTH;
        byte[] signature = new FrameSigner(SampleEvents.KEY).sign(frame, length, channel);
        System.arraycopy(signature, 0, frame, length, FrameSigner.LENGTH);
    }

    @Test
    void frame_of_another_cluster_is_rejected() {
        byte[] foreign = new Frames("another key".getBytes())
                .encode(SampleEvents.NODE, SampleEvents.SENT_AT, "all", new NodeLeaving());

        assertThat(rejection(Channel.all(), foreign)).isEqualTo(DropReason.INVALID_SIGNATURE);
    }

    @Test
    void frame_is_valid_in_its_own_channel_alone() {
        byte[] frame = encode(Channel.conversation("c"), new Head("c", new Position(1, 1)));

        assertThat(rejection(Channel.conversation("d"), frame)).isEqualTo(DropReason.INVALID_SIGNATURE);
        assertThat(rejection(Channel.user("c"), frame)).isEqualTo(DropReason.INVALID_SIGNATURE);
    }

    @Test
    void signed_frame_in_a_channel_of_no_type_is_rejected() {
        byte[] frame = frames.encode(SampleEvents.NODE, SampleEvents.SENT_AT, "z:1", new NodeLeaving());

        assertThat(catchThrowableOfType(RejectedFrame.class, () -> frames.decode("z:1", frame))
                        .reason())
                .isEqualTo(DropReason.WRONG_CHANNEL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 255})
    void unknown_version_is_rejected(int version) {
        byte[] frame = encode(Channel.all(), new NodeLeaving());
        frame[0] = (byte) version;
        sign("all", frame);

        assertThat(rejection(Channel.all(), frame)).isEqualTo(DropReason.UNKNOWN_VERSION);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 99, 255})
    void unknown_kind_is_rejected(int kind) {
        byte[] frame = encode(Channel.all(), new NodeLeaving());
        frame[KIND_AT] = (byte) kind;
        sign("all", frame);

        assertThat(rejection(Channel.all(), frame)).isEqualTo(DropReason.UNKNOWN_KIND);
    }

    @Test
    void frame_that_is_too_long_is_rejected_unread() {
        assertThat(rejection(Channel.all(), new byte[Frames.MAX_BYTES + 1])).isEqualTo(DropReason.TOO_LONG);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void torn_frame_is_rejected(Sample sample) {
        byte[] whole = encode(sample);
        for (int length = 0; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);

            assertThat(rejection(sample.channel(), torn)).isIn(DropReason.MALFORMED, DropReason.INVALID_SIGNATURE);
        }
    }

    /** Even what a faulty node of this cluster signs has no effect but its rejection. */
    @ParameterizedTest
    @MethodSource("samples")
    void torn_and_signed_frame_is_rejected(Sample sample) {
        byte[] whole = encode(sample);
        for (int cut = 1; cut < whole.length - FIELDS_AT - FrameSigner.LENGTH; cut++) {
            byte[] torn = Arrays.copyOf(whole, whole.length - cut);
            sign(sample.channel().name(), torn);

            assertThat(rejection(sample.channel(), torn)).isEqualTo(DropReason.MALFORMED);
        }
    }

    @ParameterizedTest
    @EnumSource(Mutation.class)
    void mutated_frames_are_read_or_rejected(Mutation mutation) {
        Random random = new Random(20_261_128);
        List<Sample> all = SampleEvents.all().toList();
        for (int round = 0; round < 20_000; round++) {
            Sample sample = all.get(random.nextInt(all.size()));
            byte[] mutated = mutation.apply(encode(sample), random);
            sign(sample.channel().name(), mutated);
            try {
                frames.decode(sample.channel().name(), mutated);
            } catch (RejectedFrame expected) {
                assertThat(expected.reason()).isNotNull();
            }
        }
    }

    private enum Mutation {
        BIT {
            @Override
            byte[] apply(byte[] frame, Random random) {
                frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
                return frame;
            }
        },
        LENGTH {
            @Override
            byte[] apply(byte[] frame, Random random) {
                int at = FIELDS_AT - 1 + random.nextInt(frame.length - FIELDS_AT - FrameSigner.LENGTH);
                int value = List.of(0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 65_536)
                        .get(random.nextInt(5));
                for (int i = 0; i < 4 && at + i < frame.length; i++) {
                    frame[at + i] = (byte) (value >>> (24 - 8 * i));
                }
                return frame;
            }
        },
        NOISE {
            @Override
            byte[] apply(byte[] frame, Random random) {
                byte[] noise = new byte[FIELDS_AT + 20 + random.nextInt(500)];
                random.nextBytes(noise);
                noise[0] = Frames.VERSION;
                noise[KIND_AT] = frame[KIND_AT];
                return noise;
            }
        },
        LONGER {
            @Override
            byte[] apply(byte[] frame, Random random) {
                return Arrays.copyOf(frame, frame.length + 1 + random.nextInt(50));
            }
        };

        abstract byte[] apply(byte[] frame, Random random);
    }

    static Stream<MessageChanged> changes() {
        return RecordSamples.types(MessageChanged.class).map(type ->
                (MessageChanged) new RecordSamples(1, Map.of("conversationId", "c")).of(type));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void each_kind_of_change_is_read_as_itself(MessageChanged change) {
        Change event = new Change(change);
        assertThat(frames.decode("c:c", encode(Channel.conversation("c"), event))
                        .event())
                .isEqualTo(event);
    }
}

package io.roomcast.chat.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.cluster.ClusterEvent.Head;
import io.roomcast.chat.internal.cluster.ControlEvent.Heartbeat;
import io.roomcast.chat.internal.cluster.ControlEvent.Request;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.testkit.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxTest {
    private static final NodeId SELF = new NodeId(1);
    private static final NodeId OTHER = new NodeId(2);
    private static final Request REVOKE = new Request(7, Request.Action.REVOKE, null, "alice");

    private final MovableClock clock = new MovableClock();
    private final Frames frames = new Frames(SampleEvents.KEY);
    private final FrameMetrics metrics = new FrameMetrics();
    private final FrameCounts counts = new FrameCounts(metrics);
    private final RecordingReceiver receiver = new RecordingReceiver();
    private final Inbox inbox = new Inbox(frames, () -> SELF, receiver, counts, clock);

    private byte[] from(NodeId node, Channel channel, ClusterEvent event) {
        return frames.encode(node, clock.millis(), channel.name(), event);
    }

    @Test
    void event_of_another_node_is_passed_on_with_its_origin() {
        Head head = new Head("c", new Position(1, 1));
        long sentAt = clock.millis() - 5;
        inbox.accept(
                "c:c", frames.encode(OTHER, sentAt, Channel.conversation("c").name(), head));

        assertThat(receiver.events()).containsExactly(head);
        assertThat(receiver.origins()).containsExactly(new Origin(OTHER, sentAt));
        assertThat(metrics.lags())
                .singleElement()
                .satisfies(lag ->
                        assertThat(lag).isBetween(Duration.ofMillis(5), Duration.ofMillis(clock.millis() - sentAt)));
    }

    @Test
    void lag_of_a_frame_from_the_future_is_zero() {
        long sentAt = clock.millis() + 60_000;
        inbox.accept(
                "c:c", frames.encode(OTHER, sentAt, Channel.conversation("c").name(), new Head("c", Position.START)));

        assertThat(metrics.lags()).containsExactly(Duration.ZERO);
    }

    @Test
    void own_frame_is_skipped() {
        inbox.accept("all", from(SELF, Channel.all(), new Heartbeat("n", 1, false)));

        assertThat(receiver.events()).isEmpty();
        assertThat(metrics.lags()).isEmpty();
    }

    @Test
    void request_is_carried_out_once() {
        byte[] frame = from(OTHER, Channel.user("alice"), REVOKE);
        inbox.accept("u:alice", frame);
        inbox.accept("u:alice", frame);

        assertThat(receiver.events()).containsExactly(REVOKE);
        assertThat(counts.dropped(DropReason.REPEATED)).isEqualTo(1);
    }

    @Test
    void requests_of_two_nodes_may_have_the_same_id() {
        inbox.accept("u:alice", from(OTHER, Channel.user("alice"), REVOKE));
        inbox.accept("u:alice", from(new NodeId(3), Channel.user("alice"), REVOKE));

        assertThat(receiver.events()).containsExactly(REVOKE, REVOKE);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 3_600, -31})
    void request_of_another_time_is_refused(long seconds) {
        byte[] frame = from(OTHER, Channel.user("alice"), REVOKE);
        clock.advance(Duration.ofSeconds(seconds));
        inbox.accept("u:alice", frame);

        assertThat(receiver.events()).isEmpty();
        assertThat(counts.dropped(DropReason.STALE)).isEqualTo(1);
    }

    @Test
    void only_requests_are_refused_by_age() {
        byte[] frame = from(OTHER, Channel.conversation("c"), new Head("c", Position.START));
        clock.advance(Duration.ofHours(1));
        inbox.accept("c:c", frame);

        assertThat(receiver.events()).hasSize(1);
    }

    @Test
    void unreadable_frames_are_counted() {
        inbox.accept("all", new byte[0]);
        inbox.accept("all", new byte[100]);
        inbox.accept("all", new byte[Frames.MAX_BYTES + 1]);

        assertThat(counts.dropped(DropReason.MALFORMED)).isEqualTo(1);
        assertThat(counts.dropped(DropReason.UNKNOWN_VERSION)).isEqualTo(1);
        assertThat(counts.dropped(DropReason.TOO_LONG)).isEqualTo(1);
        assertThat(metrics.dropped()).containsExactly("malformed", "unknown_version", "too_long");
    }

    @Test
    void failure_of_the_receiver_does_not_reach_the_bus() {
        receiver.failWith(new StackOverflowError());
        inbox.accept("all", from(OTHER, Channel.all(), new Heartbeat("n", 1, false)));

        assertThat(counts.dropped(DropReason.FAILED)).isEqualTo(1);
        assertThat(metrics.lags()).isEmpty();
    }

    @Test
    void remembered_requests_are_bounded() {
        for (int id = 0; id < 30_000; id++) {
            Request request = new Request(id, Request.Action.RESYNC, null, null);
            inbox.accept("all", from(OTHER, Channel.all(), request));
        }

        assertThat(receiver.events()).hasSize(30_000);
    }
}

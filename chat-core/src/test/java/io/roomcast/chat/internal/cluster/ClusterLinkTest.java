package io.roomcast.chat.internal.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.cluster.ClusterEvent.Head;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.InJvmBus;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterLinkTest {
    private static final Channel ROOM = Channel.conversation("c");
    private static final Head HEAD = new Head("c", new Position(1, 0));

    private final BusNetwork network = new BusNetwork();
    private final RecordingReceiver here = new RecordingReceiver();
    private final RecordingReceiver there = new RecordingReceiver();
    private final InJvmBus bus = network.newBus();
    private final ClusterLink link =
            new ClusterLink(bus, SampleEvents.KEY, here, Clock.systemUTC(), ChatMetrics.none());
    private final ClusterLink other =
            new ClusterLink(network.newBus(), SampleEvents.KEY, there, Clock.systemUTC(), ChatMetrics.none());

    @AfterEach
    void close() {
        link.close();
        other.close();
        network.close();
    }

    private void openBoth() {
        link.open();
        other.open();
        other.subscribe(List.of(ROOM)).toCompletableFuture().join();
        network.awaitDelivery();
    }

    @Test
    void event_reaches_the_other_node() {
        openBoth();
        link.publish(ROOM, HEAD);
        network.awaitDelivery();

        assertThat(there.events()).containsExactly(HEAD);
        assertThat(there.origins()).extracting(Origin::node).containsExactly(link.self());
    }

    @Test
    void node_continues_under_another_id() {
        openBoth();
        NodeId before = link.self();
        link.rename();
        link.publish(ROOM, HEAD);
        network.awaitDelivery();

        assertThat(there.origins())
                .extracting(Origin::node)
                .containsExactly(link.self())
                .doesNotContain(before);
    }

    @Test
    void conversation_whose_frames_are_lost_is_returned_once() {
        openBoth();
        bus.cut();
        link.publish(ROOM, HEAD);
        link.publish(Channel.user("alice"), new ClusterEvent.UnreadNotice("alice", "c", 1, 0, null));
        network.awaitDelivery();
        assertThat(link.isConnected()).isFalse();
        bus.restore();
        network.awaitDelivery();

        assertThat(link.isConnected()).isTrue();
        assertThat(here.states()).containsExactly("connected", "disconnected", "connected");
        assertThat(link.takeUnsent()).isEqualTo(new Unsent(Set.of("c"), true));
        assertThat(link.takeUnsent().conversationIds()).isEmpty();
    }

    @Test
    void too_many_lost_conversations_are_not_remembered_one_by_one() {
        openBoth();
        bus.cut();
        IntStream.range(0, Outbox.MAX_UNSENT + 1).forEach(i -> link.publish(Channel.conversation("c" + i), HEAD));
        network.awaitDelivery();

        assertThat(link.takeUnsent().isComplete()).isFalse();
        assertThat(link.takeUnsent()).isEqualTo(new Unsent(Set.of(), true));
    }

    @Test
    void conversations_that_the_bus_does_not_remember_may_be_any() {
        openBoth();
        bus.dropNext(1);
        link.publish(ROOM, HEAD);
        bus.loseMany();
        bus.loseMany();
        network.awaitDelivery();

        assertThat(here.states()).containsExactly("connected", "unsent");
        assertThat(link.takeUnsent()).isEqualTo(new Unsent(Set.of(), false));
    }

    @Test
    void kept_value_is_taken_once_by_any_node() {
        openBoth();
        assertThat(link.keep("secret", new byte[] {1, 2}, Duration.ofMinutes(1)))
                .isTrue();
        network.awaitDelivery();

        assertThat(take(other, "other secret")).isEmpty();
        assertThat(take(other, "secret")).contains(new byte[] {1, 2});
        assertThat(take(other, "secret")).isEmpty();
        assertThat(take(link, "secret")).isEmpty();
    }

    @Test
    void bus_learns_neither_the_secret_nor_may_it_change_the_value() throws NoSuchAlgorithmException {
        openBoth();
        link.keep("secret", new byte[] {1, 2}, Duration.ofMinutes(1));
        network.awaitDelivery();
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest("secret".getBytes(UTF_8)));
        byte[] signed = bus.take(hash).toCompletableFuture().join().orElseThrow();
        assertThat(signed).startsWith(1, 2).hasSize(2 + FrameSigner.LENGTH);

        signed[0]++;
        bus.keep(hash, signed, Duration.ofMinutes(1));
        network.awaitDelivery();
        assertThat(take(other, "secret")).isEmpty();
    }

    @Test
    void nothing_is_kept_while_the_bus_is_disconnected() {
        openBoth();
        bus.cut();
        network.awaitDelivery();

        assertThat(link.keep("secret", new byte[1], Duration.ofMinutes(1))).isFalse();
        assertThat(link.take("secret").toCompletableFuture()).isCompletedExceptionally();
    }

    private static Optional<byte[]> take(ClusterLink by, String secret) {
        return by.take(secret).toCompletableFuture().join();
    }

    @Test
    void frame_that_is_lost_while_connected_is_reported_until_it_is_taken() {
        openBoth();
        bus.dropNext(2);
        link.publish(ROOM, HEAD);
        link.publish(Channel.conversation("d"), HEAD);
        network.awaitDelivery();

        assertThat(here.states()).containsExactly("connected", "unsent");
        assertThat(link.takeUnsent().conversationIds()).containsExactlyInAnyOrder("c", "d");
    }
}

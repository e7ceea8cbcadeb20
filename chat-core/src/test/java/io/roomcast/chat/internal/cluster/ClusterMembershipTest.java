package io.roomcast.chat.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.cluster.ControlEvent.Heartbeat;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.InJvmBus;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterMembershipTest {
    private static final Heartbeat BEAT = new Heartbeat("n2", 1, false);
    private static final NodeId OTHER = new NodeId(2);

    private final BusNetwork network = new BusNetwork();
    private final InJvmBus bus = network.newBus();
    private final ClusterLink link =
            new ClusterLink(bus, SampleEvents.KEY, new RecordingReceiver(), Clock.systemUTC(), ChatMetrics.none());
    private final ClusterMembership membership = new ClusterMembership(link, "n1");

    @BeforeEach
    void open() {
        link.open();
        network.awaitDelivery();
        membership.connected();
    }

    @AfterEach
    void close() {
        link.close();
        network.close();
    }

    private List<NodeId> tick(int times) {
        for (int i = 1; i < times; i++) {
            assertThat(membership.tick()).isEmpty();
        }
        return membership.tick();
    }

    @Test
    void node_is_dead_after_some_time_without_a_heartbeat() {
        membership.received(BEAT, OTHER);
        assertThat(membership.live()).isEqualTo(Map.of(OTHER, "n2"));
        assertThat(tick(ClusterMembership.GONE_TICKS + 1)).containsExactly(OTHER);
        assertThat(membership.live()).isEmpty();
    }

    @Test
    void heartbeat_keeps_a_node() {
        for (int i = 0; i < 20; i++) {
            membership.received(BEAT, OTHER);
            assertThat(membership.tick()).isEmpty();
        }
        assertThat(membership.live()).hasSize(1);
    }

    @Test
    void stopping_node_is_not_dead() {
        membership.received(BEAT, OTHER);
        membership.left(OTHER);
        assertThat(membership.live()).isEmpty();
        assertThat(tick(20)).isEmpty();
    }

    @Test
    void node_that_was_away_judges_later_and_has_a_new_id_after_a_long_absence() {
        NodeId before = link.self();
        membership.received(BEAT, OTHER);
        bus.cut();
        network.awaitDelivery();
        assertThat(tick(ClusterMembership.GONE_TICKS + 1)).isEmpty();
        bus.restore();
        network.awaitDelivery();
        membership.connected();
        assertThat(link.self()).isNotEqualTo(before);
        assertThat(tick(ClusterMembership.GONE_TICKS)).containsExactly(OTHER);
    }

    @Test
    void short_absence_keeps_the_id() {
        NodeId before = link.self();
        bus.cut();
        network.awaitDelivery();
        tick(ClusterMembership.GONE_TICKS);
        bus.restore();
        network.awaitDelivery();
        membership.connected();
        assertThat(link.self()).isEqualTo(before);
    }
}

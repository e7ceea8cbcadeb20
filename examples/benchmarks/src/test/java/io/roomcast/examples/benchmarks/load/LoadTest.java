package io.roomcast.examples.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.ChatServer;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.spi.RateLimiter;
import io.roomcast.examples.benchmarks.load.LoadPlan.Transport;
import io.roomcast.examples.benchmarks.server.RoomcastServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class LoadTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource
    void load_reachesEveryMemberOnceAndInOrder(Transport transport) throws Exception {
        LoadPlan plan = LoadPlan.saturated(2, 10, 2).withSenders(2).upTo(50).over(transport);
        try (ChatServer server = RoomcastServer.open();
                Load load = Load.connect(plan, addressOf(server))) {
            load.start();
            load.await(2_000, TIMEOUT);
            LoadReport report = load.finish(TIMEOUT);

            assertThat(report.delivered()).isEqualTo(2_000);
            assertThat(report.missing()).isZero();
            assertThat(report.duplicated()).isZero();
            assertThat(report.reordered()).isZero();
            assertThat(report.lost()).isZero();
        }
    }

    @Test
    void load_reachesMembersOnAllServers() throws Exception {
        ChatStore store = ChatStore.inMemory();
        LoadPlan plan = LoadPlan.saturated(2, 10, 2).upTo(20);
        try (ChatServer first = inCluster(store);
                ChatServer second = inCluster(store);
                Load load = Load.connect(plan, List.of(addressOf(first), addressOf(second)))) {
            load.recordLatency(true);
            load.start();
            load.await(400, TIMEOUT);
            Progress progress = load.progress();
            LoadReport report = load.finish(TIMEOUT);

            assertThat(report.fault()).isEmpty();
            assertThat(progress.crossed()).isEqualTo(200);
            assertThat(report.latency().getTotalCount()).isEqualTo(200);
            assertThat(report.crossedLatency().getTotalCount()).isEqualTo(200);
        }
    }

    private static ChatServer inCluster(ChatStore store) {
        return ChatServer.builder()
                .port(0)
                .store(store)
                .rateLimiter(RateLimiter.none())
                .cluster(ClusterBus.viaStore(Duration.ofMillis(100)))
                .build()
                .start();
    }

    @Test
    void load_keepsToItsRate() throws Exception {
        try (ChatServer server = RoomcastServer.open();
                Load load = Load.connect(LoadPlan.paced(2, 10, 2_000), addressOf(server))) {
            load.recordLatency(true);
            load.start();
            load.await(500, TIMEOUT);
            LoadReport report = load.finish(TIMEOUT);

            assertThat(report.missing()).isZero();
            assertThat(report.latency().getTotalCount()).isEqualTo(report.delivered());
        }
    }

    @Test
    void visits_endWithTheMessageSeen() throws Exception {
        try (ChatServer server = RoomcastServer.open();
                Visits visits = new Visits(addressOf(server))) {
            visits.start(4);
            Visits.Count count = visits.count();
            while (count.done() < 20) {
                Thread.onSpinWait();
                count = visits.count();
            }
            assertThat(count.failed()).isZero();
            assertThat(count.duplicated()).isZero();
        }
    }

    @Test
    void idleClients_connect() throws Exception {
        try (ChatServer server = RoomcastServer.open();
                IdleClients clients = new IdleClients(addressOf(server))) {
            clients.connect(20);
        }
    }

    private static InetSocketAddress addressOf(ChatServer server) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }
}

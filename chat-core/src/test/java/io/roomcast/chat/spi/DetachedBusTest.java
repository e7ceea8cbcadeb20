package io.roomcast.chat.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomcast.chat.testkit.RecordingListener;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetachedBusTest {
    static Stream<ClusterBus> buses() {
        return Stream.of(ClusterBus.local(), ClusterBus.viaStore(Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("buses")
    void nothing_is_sent_or_held(ClusterBus bus) {
        RecordingListener listener = new RecordingListener();
        bus.open("a", listener);
        assertThat(bus.subscribe(List.of("c:1")).toCompletableFuture()).isCompleted();
        bus.publish("c:1", new byte[1]);
        bus.putEntry("c:1", new byte[1]);
        bus.keep("b:1", new byte[1], Duration.ofMinutes(1));
        bus.rename("b");
        bus.discardEntry("c:1", "a");

        assertThat(bus.readEntries(List.of("c:1")).toCompletableFuture().join()).isEmpty();
        assertThat(bus.removeEntry("c:1").toCompletableFuture().join()).isEmpty();
        assertThat(bus.take("b:1").toCompletableFuture().join()).isEmpty();
        bus.unsubscribe(List.of("c:1"));
        bus.close();
        bus.close();
        assertThat(listener.received()).isEmpty();
        assertThat(listener.states()).isEmpty();
        assertThat(listener.unacknowledged()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("buses")
    void bus_that_never_connects_is_reported(ClusterBus bus) {
        assertThat(bus.connects()).isFalse();
    }

    @Test
    void single_node_never_compares_with_the_store() {
        assertThat(ClusterBus.local().pollInterval()).isEmpty();
        assertThat(ClusterBus.local()).isSameAs(ClusterBus.local());
    }

    @Test
    void nodes_without_a_server_compare_with_the_store_at_their_interval() {
        assertThat(ClusterBus.viaStore(Duration.ofSeconds(1)).pollInterval()).contains(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {99, 0, -1})
    void interval_below_its_minimum_is_refused(long millis) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterBus.viaStore(Duration.ofMillis(millis)))
                .withMessageStartingWith("every: ");
    }
}

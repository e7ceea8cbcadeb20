package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.spi.ClusterBus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What happens while the other side cannot be reached, and afterwards. */
abstract class BusOutageContract extends BusCase {
    BusOutageContract(Supplier<BusHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void bus_reconnects_by_itself_and_keeps_its_subscriptions() {
        subscribe(b, "c:1");
        disconnect();
        reconnect();
        a.publish("c:1", bytes("again"));

        eventually(() -> assertThat(listenerOfB.receivedIn("c:1")).containsExactly("again"));
        assertThat(listenerOfB.states()).containsExactly("connected", "disconnected", "connected");
    }

    @Test
    void frame_that_is_published_meanwhile_is_reported() {
        disconnect();
        a.publish("c:1", bytes("lost"));

        eventually(() -> assertThat(listenerOfA.unacknowledged()).contains("c:1"));
    }

    @Test
    void channels_that_change_meanwhile_are_in_force_afterwards() {
        subscribe(b, "c:1", "c:2");
        disconnect();
        CompletionStage<Void> subscribed = b.subscribe(List.of("c:3"));
        b.unsubscribe(List.of("c:1"));
        assertThat(subscribed.toCompletableFuture()).isNotDone();
        reconnect();
        result(subscribed);
        List.of("c:1", "c:2", "c:3").forEach(channel -> a.publish(channel, bytes("x")));

        eventually(() -> assertThat(listenerOfB.receivedIn("c:3")).containsExactly("x"));
        assertThat(listenerOfB.receivedIn("c:2")).containsExactly("x");
        assertThat(listenerOfB.receivedIn("c:1")).isEmpty();
    }

    @Test
    void requests_fail_meanwhile() {
        disconnect();

        assertThat(a.readEntries(List.of("c:1")).toCompletableFuture()).isCompletedExceptionally();
        assertThat(a.removeEntry("c:1").toCompletableFuture()).isCompletedExceptionally();
        assertThat(a.take("b:1").toCompletableFuture()).isCompletedExceptionally();
        a.keep("b:1", bytes("lost"), Duration.ofSeconds(1));
        a.discardEntry("c:1", "node-b");
    }

    @Test
    void entries_that_change_meanwhile_are_written_afterwards() {
        a.putEntry("c:1", bytes("before"));
        a.putEntry("c:2", bytes("before"));
        eventually(() -> assertThat(entries(b, "c:2")).isNotEmpty());
        disconnect();
        a.putEntry("c:1", bytes("after"));
        CompletionStage<?> unused = a.removeEntry("c:2");
        reconnect();

        eventually(() -> assertThat(entries(b, "c:1")).isEqualTo(Map.of("node-a", "after")));
        eventually(() -> assertThat(entries(b, "c:2")).isEmpty());
    }

    @Test
    void entries_are_written_again_if_the_other_side_lost_them() {
        a.putEntry("c:1", bytes("of a"));
        eventually(() -> assertThat(entries(b, "c:1")).isNotEmpty());
        harness.restartEmpty();

        eventually(() -> assertThat(listenerOfA.states()).hasSizeGreaterThanOrEqualTo(3));
        awaitConnected();
        eventually(() -> assertThat(entries(b, "c:1")).isEqualTo(Map.of("node-a", "of a")));
    }

    @Test
    void node_that_starts_meanwhile_connects_afterwards() {
        disconnect();
        RecordingListener listener = new RecordingListener();
        ClusterBus late = open("node-c", listener);
        CompletionStage<Void> subscribed = late.subscribe(List.of("c:1"));
        late.putEntry("c:1", bytes("of c"));
        assertThat(listener.states()).isEmpty();
        reconnect();
        result(subscribed);
        eventually(() -> assertThat(listener.states()).containsExactly("connected"));

        eventually(() -> assertThat(entries(b, "c:1")).containsEntry("node-c", "of c"));
    }

    @Test
    void node_can_be_closed_meanwhile() {
        disconnect();
        CompletionStage<Void> subscribed = a.subscribe(List.of("c:1"));
        a.close();

        eventually(() -> assertThat(subscribed.toCompletableFuture()).isCompletedExceptionally());
        reconnectOthers();
        assertThat(listenerOfA.states()).containsExactly("connected", "disconnected");
    }

    private void reconnectOthers() {
        harness.reconnect();
        eventually(() -> assertThat(listenerOfB.isConnected()).isTrue());
    }
}

package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.testkit.RecordingListener.Received;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Frames and subscriptions of connected nodes. */
abstract class BusFramesContract extends BusCase {
    private static final int MANY = 1_000;

    BusFramesContract(Supplier<BusHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void frame_reaches_each_subscriber_and_its_sender() {
        subscribe(a, "c:1");
        subscribe(b, "c:1");
        a.publish("c:1", bytes("hello"));

        eventually(() -> assertThat(listenerOfB.received()).containsExactly(new Received("c:1", "hello")));
        eventually(() -> assertThat(listenerOfA.received()).containsExactly(new Received("c:1", "hello")));
    }

    @Test
    void frame_reaches_no_other_channel() {
        subscribe(b, "c:1", "c:10", "c:2");
        a.publish("c:1", bytes("one"));
        a.publish("c:3", bytes("three"));
        a.publish("c:2", bytes("two"));

        eventually(() -> assertThat(listenerOfB.received())
                .containsExactly(new Received("c:1", "one"), new Received("c:2", "two")));
    }

    @Test
    void frame_of_any_bytes_arrives_unaltered() {
        byte[] all = new byte[60_000];
        IntStream.range(0, all.length).forEach(i -> all[i] = (byte) (i * 31 + i / 256));
        subscribe(b, "c:1");
        a.publish("c:1", all);
        a.publish("c:1", bytes("\r\n$3\r\n"));

        eventually(() -> assertThat(listenerOfB.receivedIn("c:1")).containsExactly(text(all), "\r\n$3\r\n"));
    }

    @Test
    void channels_may_have_any_name_without_control_characters() {
        List<String> names = List.of("c:*", "c:[a]?", "c:{x}", "c: a b ", "c:漢👍", "c:" + "n".repeat(1_000), "all");
        result(b.subscribe(names));
        names.forEach(name -> a.publish(name, bytes("x")));

        eventually(() -> assertThat(listenerOfB.received())
                .extracting(Received::channel)
                .containsExactlyInAnyOrderElementsOf(names));
    }

    @Test
    void frames_of_a_node_arrive_in_their_order() {
        subscribe(b, "c:1", "c:2");
        for (int i = 0; i < MANY; i++) {
            a.publish(i % 2 == 0 ? "c:1" : "c:2", bytes("" + i));
        }

        eventually(() -> assertThat(listenerOfB.received()).hasSize(MANY));
        assertThat(listenerOfB.receivedIn("c:1")).isEqualTo(evenNumbers());
    }

    private static List<String> evenNumbers() {
        return IntStream.range(0, MANY / 2).mapToObj(i -> "" + 2 * i).toList();
    }

    @Test
    void second_subscription_has_no_effect() {
        subscribe(b, "c:1");
        subscribe(b, "c:1", "c:1");
        a.publish("c:1", bytes("once"));
        a.publish("c:1", bytes("end"));

        eventually(() -> assertThat(listenerOfB.receivedIn("c:1")).containsExactly("once", "end"));
    }

    @Test
    void subscription_to_no_channel_completes() {
        subscribe(b);
    }

    @Test
    void many_channels_are_subscribed_in_one_call() {
        List<String> names =
                IntStream.range(0, 2 * MANY).mapToObj(i -> "c:" + i).toList();
        result(b.subscribe(names));
        names.forEach(name -> a.publish(name, bytes("x")));

        eventually(() -> assertThat(listenerOfB.received()).hasSize(names.size()));
    }

    @Test
    void unsubscribed_channel_is_no_longer_received() {
        subscribe(b, "c:1", "c:2");
        b.unsubscribe(List.of("c:1", "c:unknown"));
        // Subscriptions change in their order, so the end of the first precedes the beginning of this one.
        subscribe(b, "c:3");
        a.publish("c:1", bytes("late"));
        a.publish("c:2", bytes("end"));

        eventually(() -> assertThat(listenerOfB.received()).containsExactly(new Received("c:2", "end")));
    }

    @Test
    void channel_can_be_subscribed_again_immediately() {
        for (int i = 0; i < 20; i++) {
            b.unsubscribe(List.of("c:1"));
            subscribe(b, "c:1");
            a.publish("c:1", bytes("" + i));
            int sent = i + 1;
            eventually(() -> assertThat(listenerOfB.receivedIn("c:1")).hasSize(sent));
        }
    }

    @Test
    void failing_listener_does_not_stop_the_bus() {
        subscribe(b, "c:1");
        listenerOfB.fail();
        a.publish("c:1", bytes("first"));
        a.publish("c:1", bytes("second"));

        eventually(() -> assertThat(listenerOfB.receivedIn("c:1")).containsExactly("first", "second"));
        assertThat(listenerOfB.states()).containsExactly("connected");
    }

    @Test
    void connection_is_reported_once() {
        subscribe(a, "c:1");

        assertThat(listenerOfA.states()).containsExactly("connected");
    }

    @Test
    void closed_node_receives_nothing_and_refuses_nothing() {
        RecordingListener listener = new RecordingListener();
        ClusterBus closed = open("node-c", listener);
        subscribe(closed, "c:1");
        subscribe(b, "c:1");
        closed.close();
        closed.close();
        int calls = listener.states().size();
        closed.publish("c:1", bytes("of a closed node"));
        closed.unsubscribe(List.of("c:1"));
        closed.putEntry("k", bytes("late"));
        closed.keep("k", bytes("late"), Duration.ofSeconds(1));
        a.publish("c:1", bytes("end"));

        assertThat(closed.subscribe(List.of("c:2")).toCompletableFuture()).isCompletedExceptionally();
        assertThat(closed.take("k").toCompletableFuture()).isCompletedExceptionally();
        eventually(() -> assertThat(listenerOfB.receivedIn("c:1")).containsExactly("end"));
        assertThat(listener.received()).isEmpty();
        assertThat(listener.states()).hasSize(calls);
    }
}

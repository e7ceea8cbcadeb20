package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.spi.ClusterBus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Entries and kept values of connected nodes. */
abstract class BusEntriesContract extends BusCase {
    private static final Duration LONG = Duration.ofMinutes(1);

    BusEntriesContract(Supplier<BusHarness> harnesses) {
        super(harnesses);
    }

    @Test
    void entry_is_read_by_its_node() {
        a.putEntry("c:1", bytes("of a"));
        b.putEntry("c:1", bytes("of b"));

        eventually(() -> assertThat(entries(a, "c:1")).isEqualTo(Map.of("node-a", "of a", "node-b", "of b")));
    }

    @Test
    void newest_entry_wins() {
        IntStream.rangeClosed(1, 100).forEach(i -> a.putEntry("c:1", bytes("" + i)));

        eventually(() -> assertThat(entries(b, "c:1")).isEqualTo(Map.of("node-a", "100")));
    }

    @Test
    void keys_without_entries_are_left_out() {
        a.putEntry("c:1", bytes("x"));
        a.putEntry("c:2", bytes("y"));
        eventually(() -> assertThat(entries(b, "c:2")).isNotEmpty());

        assertThat(result(b.readEntries(List.of("c:1", "c:2", "c:3"))).keySet())
                .containsExactlyInAnyOrder("c:1", "c:2");
        assertThat(result(b.readEntries(List.of()))).isEmpty();
    }

    @Test
    void removal_returns_what_is_left() {
        a.putEntry("c:1", bytes("of a"));
        b.putEntry("c:1", bytes("of b"));
        eventually(() -> assertThat(entries(a, "c:1")).hasSize(2));

        assertThat(texts(result(a.removeEntry("c:1")))).isEqualTo(Map.of("node-b", "of b"));
        assertThat(texts(result(b.removeEntry("c:1")))).isEmpty();
        assertThat(entries(a, "c:1")).isEmpty();
    }

    @Test
    void removal_follows_an_entry_that_was_put_just_before() {
        a.putEntry("c:1", bytes("of a"));
        assertThat(result(a.removeEntry("c:1"))).isEmpty();
        a.putEntry("c:2", bytes("end"));
        eventually(() -> assertThat(entries(b, "c:2")).isNotEmpty());

        assertThat(entries(b, "c:1")).isEmpty();
    }

    @Test
    void of_two_nodes_that_leave_at_the_same_time_one_is_the_last() {
        for (int round = 0; round < 20; round++) {
            String key = "c:" + round;
            a.putEntry(key, bytes("of a"));
            b.putEntry(key, bytes("of b"));
            eventually(() -> assertThat(entries(a, key)).hasSize(2));
            var first = a.removeEntry(key);
            var second = b.removeEntry(key);

            assertThat(Stream.of(first, second).map(BusCase::result).filter(Map::isEmpty))
                    .hasSize(1);
        }
    }

    @Test
    void entry_of_a_dead_node_can_be_discarded() {
        a.putEntry("c:1", bytes("of a"));
        b.putEntry("c:1", bytes("of b"));
        eventually(() -> assertThat(entries(a, "c:1")).hasSize(2));
        b.discardEntry("c:1", "node-a");

        eventually(() -> assertThat(entries(b, "c:1")).containsOnlyKeys("node-b"));
    }

    @Test
    void entries_move_to_a_new_id() {
        a.putEntry("c:1", bytes("of a"));
        eventually(() -> assertThat(entries(b, "c:1")).isNotEmpty());
        a.rename("node-a2");
        a.putEntry("c:2", bytes("more"));

        eventually(() -> assertThat(entries(b, "c:1")).isEqualTo(Map.of("node-a2", "of a")));
        eventually(() -> assertThat(entries(b, "c:2")).isEqualTo(Map.of("node-a2", "more")));
    }

    @Test
    void entries_of_a_closed_node_are_removed() {
        ClusterBus closed = open("node-c", new RecordingListener());
        closed.putEntry("c:1", bytes("of c"));
        eventually(() -> assertThat(entries(b, "c:1")).isNotEmpty());
        closed.close();

        eventually(() -> assertThat(entries(b, "c:1")).isEmpty());
    }

    @Test
    void kept_value_is_taken_once() {
        a.keep("b:1", bytes("secret"), LONG);
        // Commands of one node are executed in their order.
        assertThat(result(a.take("b:other"))).isEmpty();

        assertThat(result(b.take("b:1")).map(BusCase::text)).contains("secret");
        assertThat(result(a.take("b:1"))).isEmpty();
        assertThat(result(b.take("b:1"))).isEmpty();
    }

    @Test
    void of_two_nodes_that_take_at_the_same_time_one_receives_the_value() {
        for (int round = 0; round < 20; round++) {
            String key = "b:" + round;
            a.keep(key, bytes("secret"), LONG);
            assertThat(result(a.take("b:other"))).isEmpty();
            var first = a.take(key);
            var second = b.take(key);

            assertThat(Stream.of(first, second).map(BusCase::result).filter(Optional::isPresent))
                    .hasSize(1);
        }
    }

    @Test
    void kept_value_expires() {
        a.keep("b:1", bytes("secret"), Duration.ofMillis(1));
        a.keep("b:2", bytes("secret"), LONG);

        eventually(() -> {
            assertThat(result(a.take("b:1"))).isEmpty();
        });
        assertThat(result(a.take("b:2"))).isPresent();
    }
}

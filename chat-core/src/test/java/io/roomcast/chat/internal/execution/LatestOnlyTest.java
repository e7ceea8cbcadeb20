package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatestOnlyTest {
    private final List<Integer> emitted = new ArrayList<>();
    private final LatestOnly<String, Integer> latest =
            new LatestOnly<>(Clock.systemUTC(), Math::max, (key, value) -> emitted.add(value));

    @Test
    void older_values_are_not_emitted() {
        List.of(3, 1, 3, 5, 4, 5).forEach(value -> latest.emit("a", value));

        assertThat(emitted).containsExactly(3, 3, 5, 5);
    }

    @Test
    void keys_are_independent() {
        latest.emit("a", 3);
        latest.emit("b", 1);

        assertThat(emitted).containsExactly(3, 1);
    }

    @Test
    void forgotten_key_starts_again() {
        latest.emit("a", 3);
        latest.forget("a");
        latest.emit("a", 1);

        assertThat(emitted).containsExactly(3, 1);
    }

    @Test
    void threads_emit_increasing_values_only() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        IntStream.range(0, 4)
                .forEach(thread -> threads.execute(() ->
                        IntStream.range(0, 5_000).forEach(value -> latest.emit("a", 4 * value + thread))));
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(emitted).isSorted().doesNotHaveDuplicates().endsWith(Collections.max(emitted));
        assertThat(Collections.max(emitted)).isEqualTo(19_999);
    }
}

package io.roomcast.chat.internal.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two nodes, of which one learns later what the other has done. */
class RecentRevocationsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RecentRevocations here = new RecentRevocations(Clock.systemUTC(), nanos::get);
    private final RecentRevocations there = new RecentRevocations(Clock.systemUTC(), nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private Duration ago() {
        return requireNonNull(
                here.recentRemovals().getOrDefault("room", Map.of()).get("bob"));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT0.1S, PT10M", "PT1S, PT59M"})
    void removal_that_both_nodes_have_carried_out_is_not_new(Duration delay, Duration later) {
        here.remove("room", "bob");
        pass(delay);
        there.remove("room", "bob");
        pass(later);
        assertThat(there.remove("room", "bob", ago())).isFalse();
    }

    @Test
    void removal_that_a_node_has_missed_is_new_once() {
        there.remove("room", "bob");
        pass(Duration.ofMinutes(1));
        here.remove("room", "bob");
        pass(Duration.ofMinutes(1));
        assertThat(there.remove("room", "bob", ago())).isTrue();
        assertThat(there.remove("room", "bob", ago())).isFalse();
        assertThat(there.remove("other", "bob", ago())).isTrue();
    }

    @Test
    void removal_is_forgotten_after_an_hour() {
        here.remove("room", "bob");
        pass(Duration.ofMinutes(59));
        assertThat(here.recentRemovals()).containsKey("room");
        pass(Duration.ofMinutes(2));
        assertThat(here.recentRemovals()).isEmpty();
        assertThat(there.remove("room", "bob", Duration.ofHours(1))).isFalse();
    }
}

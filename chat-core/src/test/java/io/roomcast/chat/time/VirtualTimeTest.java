package io.roomcast.chat.time;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime();
    private final List<String> fired = new ArrayList<>();

    @Test
    void clock_moves_only_when_advanced() {
        Instant before = time.clock().instant();
        time.advance(Duration.ofMillis(1_500));
        assertThat(time.clock().instant()).isEqualTo(before.plusMillis(1_500));
    }

    @Test
    void timers_fire_in_order_and_at_their_own_time() {
        Instant start = time.clock().instant();
        List<Instant> at = new ArrayList<>();
        time.scheduler().schedule(() -> at.add(time.clock().instant()), 3, SECONDS);
        time.scheduler().schedule(() -> at.add(time.clock().instant()), 1, SECONDS);
        time.advance(Duration.ofSeconds(10));
        assertThat(at).containsExactly(start.plusSeconds(1), start.plusSeconds(3));
    }

    @Test
    void timers_of_the_same_time_fire_in_the_order_in_which_they_were_set() {
        time.scheduler().schedule(() -> fired.add("first"), 1, SECONDS);
        time.scheduler().schedule(() -> fired.add("second"), 1, SECONDS);
        time.advance(Duration.ofSeconds(1));
        assertThat(fired).containsExactly("first", "second");
    }

    @Test
    void timer_set_by_a_timer_fires_in_the_same_advance() {
        time.scheduler().schedule(() -> time.scheduler().schedule(() -> fired.add("inner"), 1, SECONDS), 1, SECONDS);
        time.advance(Duration.ofSeconds(2));
        assertThat(fired).containsExactly("inner");
    }

    @Test
    void repeated_timer_fires_at_each_period_until_cancelled() {
        Future<?> ticking = time.scheduler().scheduleAtFixedRate(() -> fired.add("tick"), 1, 2, SECONDS);
        time.advance(Duration.ofSeconds(5));
        ticking.cancel(false);
        time.advance(Duration.ofSeconds(5));
        assertThat(fired).hasSize(3);
        assertThat(time.timers()).isZero();
    }

    @Test
    void repeated_timer_that_throws_ends_as_in_the_jdk() {
        time.scheduler().scheduleAtFixedRate(this::fireAndThrow, 1, 1, SECONDS);
        time.advance(Duration.ofSeconds(5));
        assertThat(fired).hasSize(1);
    }

    private void fireAndThrow() {
        fired.add("tick");
        throw new IllegalStateException("broken");
    }

    @Test
    void adjusted_clock_leaves_timers_alone() {
        time.scheduler().schedule(() -> fired.add("late"), 1, SECONDS);
        time.adjustClock(Duration.ofHours(1));
        time.advance(Duration.ofMillis(999));
        assertThat(fired).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(fired).containsExactly("late");
    }

    @Test
    void scheduler_takes_nothing_after_its_shutdown() {
        time.scheduler().shutdown();
        assertThatThrownBy(() -> time.scheduler().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}

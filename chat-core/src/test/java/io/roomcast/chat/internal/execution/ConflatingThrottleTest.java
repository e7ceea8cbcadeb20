package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.testkit.StepExecutor;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConflatingThrottleTest {
    private static final Duration LONG = Duration.ofSeconds(3);

    private final VirtualTime time = new VirtualTime();
    private final List<Integer> emitted = new ArrayList<>();

    private ConflatingThrottle<String, Integer> throttle(Executor executor) {
        ConversationLanes lanes = new ConversationLanes(new WorkerPool(executor), 10, 10, id -> {});
        return new ConflatingThrottle<>(Math::max, emitted::add, lanes, new SafeScheduler(time.scheduler()));
    }

    private final ConflatingThrottle<String, Integer> throttle = throttle(Runnable::run);

    @Test
    void first_value_is_emitted_and_the_next_is_pending() {
        assertThat(throttle.tryEmit("a", 1)).isTrue();
        assertThat(throttle.tryEmit("a", 2)).isFalse();
        assertThat(throttle.tryEmit("b", 1)).isTrue();
        assertThat(emitted).isEmpty();
    }

    @Test
    void only_the_newest_pending_value_is_emitted() {
        throttle.tryEmit("a", 1);
        throttle.tryEmit("a", 3);
        throttle.tryEmit("a", 2);
        time.advance(LONG);
        assertThat(emitted).containsExactly(3);
    }

    @Test
    void older_value_is_not_emitted() {
        throttle.tryEmit("a", 3);
        throttle.tryEmit("a", 2);
        time.advance(LONG);
        assertThat(emitted).isEmpty();
    }

    @Test
    void values_are_at_least_a_second_apart() {
        throttle.tryEmit("a", 0);
        List<Long> saidAt = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            time.advance(Duration.ofMillis(10));
            throttle.tryEmit("a", i);
            if (emitted.size() > saidAt.size()) {
                saidAt.add(10L * i);
            }
        }
        assertThat(saidAt).hasSizeBetween(3, 5);
        IntStream.range(1, saidAt.size())
                .forEach(i -> assertThat(saidAt.get(i) - saidAt.get(i - 1)).isGreaterThanOrEqualTo(1_000));
    }

    @Test
    void idle_key_is_removed_and_emits_immediately_again() {
        throttle.tryEmit("a", 1);
        time.advance(LONG);
        assertThat(throttle.size()).isZero();
        assertThat(time.timers()).isZero();
        assertThat(throttle.tryEmit("a", 2)).isTrue();
    }

    @Test
    void busy_server_emits_later() {
        StepExecutor executor = new StepExecutor();
        ConflatingThrottle<String, Integer> slow = throttle(executor);
        slow.tryEmit("a", 1);
        slow.tryEmit("a", 2);
        executor.reject(true);
        time.advance(LONG);
        assertThat(emitted).isEmpty();
        executor.reject(false);
        time.advance(LONG);
        executor.runAll();
        assertThat(emitted).containsExactly(2);
    }

    @Test
    void values_of_too_many_keys_are_emitted_immediately() {
        IntStream.range(0, ConflatingThrottle.MAX_KEYS).forEach(i -> throttle.tryEmit("thing " + i, 1));
        assertThat(throttle.tryEmit("one more", 1)).isTrue();
        assertThat(throttle.tryEmit("one more", 2)).isTrue();
        assertThat(throttle.size()).isEqualTo(ConflatingThrottle.MAX_KEYS);
    }

    @Test
    void nothing_is_left_after_the_close() {
        throttle.tryEmit("a", 1);
        throttle.tryEmit("a", 2);
        throttle.close();
        assertThat(throttle.size()).isZero();
        assertThat(time.timers()).isZero();
        assertThat(throttle.tryEmit("a", 3)).isTrue();
        assertThat(time.timers()).isZero();
    }
}

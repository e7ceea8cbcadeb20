package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.internal.port.SafeScheduler;
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
    private final List<Integer> said = new ArrayList<>();

    private ConflatingThrottle<String, Integer> pacer(Executor executor) {
        ConversationLanes lanes = new ConversationLanes(new WorkerPool(executor), 10, 10, id -> {});
        return new ConflatingThrottle<>(Math::max, said::add, lanes, new SafeScheduler(time.scheduler()));
    }

    private final ConflatingThrottle<String, Integer> pacer = pacer(Runnable::run);

    @Test
    void first_news_passes_and_the_rest_waits() {
        assertThat(pacer.tryEmit("a", 1)).isTrue();
        assertThat(pacer.tryEmit("a", 2)).isFalse();
        assertThat(pacer.tryEmit("b", 1)).isTrue();
        assertThat(said).isEmpty();
    }

    @Test
    void newest_of_what_waits_is_said_and_no_other() {
        pacer.tryEmit("a", 1);
        pacer.tryEmit("a", 3);
        pacer.tryEmit("a", 2);
        time.advance(LONG);
        assertThat(said).containsExactly(3);
    }

    @Test
    void old_news_is_no_news() {
        pacer.tryEmit("a", 3);
        pacer.tryEmit("a", 2);
        time.advance(LONG);
        assertThat(said).isEmpty();
    }

    @Test
    void news_is_at_least_a_second_apart() {
        pacer.tryEmit("a", 0);
        List<Long> saidAt = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            time.advance(Duration.ofMillis(10));
            pacer.tryEmit("a", i);
            if (said.size() > saidAt.size()) {
                saidAt.add(10L * i);
            }
        }
        assertThat(saidAt).hasSizeBetween(3, 5);
        IntStream.range(1, saidAt.size())
                .forEach(i -> assertThat(saidAt.get(i) - saidAt.get(i - 1)).isGreaterThanOrEqualTo(1_000));
    }

    @Test
    void after_a_silence_news_passes_again_and_nothing_is_kept() {
        pacer.tryEmit("a", 1);
        time.advance(LONG);
        assertThat(pacer.size()).isZero();
        assertThat(time.timers()).isZero();
        assertThat(pacer.tryEmit("a", 2)).isTrue();
    }

    @Test
    void busy_server_says_it_later() {
        StepExecutor executor = new StepExecutor();
        ConflatingThrottle<String, Integer> slow = pacer(executor);
        slow.tryEmit("a", 1);
        slow.tryEmit("a", 2);
        executor.reject(true);
        time.advance(LONG);
        assertThat(said).isEmpty();
        executor.reject(false);
        time.advance(LONG);
        executor.runAll();
        assertThat(said).containsExactly(2);
    }

    @Test
    void news_of_too_many_things_is_not_held_back() {
        IntStream.range(0, ConflatingThrottle.MAX_KEYS).forEach(i -> pacer.tryEmit("thing " + i, 1));
        assertThat(pacer.tryEmit("one more", 1)).isTrue();
        assertThat(pacer.tryEmit("one more", 2)).isTrue();
        assertThat(pacer.size()).isEqualTo(ConflatingThrottle.MAX_KEYS);
    }

    @Test
    void nothing_is_left_after_the_close() {
        pacer.tryEmit("a", 1);
        pacer.tryEmit("a", 2);
        pacer.close();
        assertThat(pacer.size()).isZero();
        assertThat(time.timers()).isZero();
        assertThat(pacer.tryEmit("a", 3)).isTrue();
        assertThat(time.timers()).isZero();
    }
}

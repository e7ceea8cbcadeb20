package io.roomcast.chat.socketio.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Persisted sessions expire. */
class RecoveryRegistryTest {
    private final VirtualTime time = new VirtualTime();
    private final RecoveryRegistry registry = new RecoveryRegistry(
            SharedSessions.none(),
            time.clock(),
            (delay, task) -> time.scheduler().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS));

    private void persist(int count) {
        IntStream.range(0, count).forEach(i -> {
            String pid = time.clock().millis() + " " + i;
            registry.persist(pid, LostSessionCodecTest.session(pid, time.clock().instant()));
        });
    }

    @Test
    void persisted_sessions_expire_without_further_calls() {
        persist(100);
        time.advance(RecoveryRegistry.MAX_DISCONNECTION.minusSeconds(1));
        assertThat(registry.size()).isEqualTo(100);
        time.advance(Duration.ofSeconds(2));

        assertThat(registry.size()).isZero();
        assertThat(time.timers()).isZero();
    }

    @Test
    void each_session_expires_in_its_time_by_one_timer() {
        persist(10);
        time.advance(Duration.ofMinutes(1));
        persist(5);
        assertThat(time.timers()).isEqualTo(1);
        time.advance(Duration.ofSeconds(61));
        assertThat(registry.size()).isEqualTo(5);
        time.advance(RecoveryRegistry.MAX_DISCONNECTION);
        assertThat(registry.size()).isZero();
    }

    @Test
    void session_that_is_persisted_later_expires_too() {
        persist(1);
        time.advance(Duration.ofHours(1));
        persist(1);
        assertThat(registry.size()).isEqualTo(1);
        time.advance(Duration.ofMinutes(5));

        assertThat(registry.size()).isZero();
    }
}

package io.roomcast.chat.socketio.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sessions whose clients do not come back. */
class LostSessionsTest {
    private final VirtualTime time = new VirtualTime();
    private final RecoveryRegistry recovery = new RecoveryRegistry(
            time.clock(), (delay, task) -> time.scheduler().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS));

    private void lose(int count) {
        IntStream.range(0, count).forEach(i -> {
            String secret = time.clock().millis() + " " + i;
            recovery.lose(secret, new RecoverableConnection(recovery, Runnable::run), Set.of());
        });
    }

    @Test
    void lost_sessions_are_forgotten_though_no_other_is_lost() {
        lose(100);
        time.advance(RecoveryRegistry.PATIENCE.minusSeconds(1));
        assertThat(recovery.waiting()).isEqualTo(100);
        time.advance(Duration.ofSeconds(2));

        assertThat(recovery.waiting()).isZero();
        assertThat(time.timers()).isZero();
    }

    @Test
    void each_is_forgotten_in_its_time_by_one_timer() {
        lose(10);
        time.advance(Duration.ofMinutes(1));
        lose(5);
        assertThat(time.timers()).isEqualTo(1);
        time.advance(Duration.ofSeconds(61));
        assertThat(recovery.waiting()).isEqualTo(5);
        time.advance(RecoveryRegistry.PATIENCE);
        assertThat(recovery.waiting()).isZero();
    }

    @Test
    void session_that_is_lost_later_is_forgotten_too() {
        lose(1);
        time.advance(Duration.ofHours(1));
        lose(1);
        assertThat(recovery.waiting()).isEqualTo(1);
        time.advance(Duration.ofMinutes(5));

        assertThat(recovery.waiting()).isZero();
    }
}

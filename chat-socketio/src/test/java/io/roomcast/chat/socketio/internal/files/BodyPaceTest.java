package io.roomcast.chat.socketio.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that arrive slowly, in virtual time. */
class BodyPaceTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger ended = new AtomicInteger();
    private final BodyPace pace = new BodyPace(channel.eventLoop(), ended::incrementAndGet);

    @BeforeEach
    void start() {
        channel.freezeTime();
        pace.start();
    }

    @AfterEach
    void close() {
        pace.stop();
        channel.finishAndReleaseAll();
    }

    /** Lets the time pass in steps, because each tick sets the next one. */
    private void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    /** Receives bytes, stores them immediately, and lets a second pass, again and again. */
    private void receive(int bytesPerSecond, int seconds) {
        for (int second = 0; second < seconds; second++) {
            pace.received(bytesPerSecond);
            pace.resumed();
            pass(1);
        }
    }

    @Test
    void body_without_a_byte_ends_after_half_a_minute() {
        pass(BodyPace.IDLE_SECONDS - 1);
        assertThat(ended).hasValue(0);
        pass(11);
        assertThat(ended).hasValue(1);
        pass(600);
        assertThat(ended).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1000, 1", "4000, 1", "4096, 0", "65536, 0"})
    void body_ends_below_four_kibibytes_a_second(int bytesPerSecond, int expected) {
        receive(bytesPerSecond, 2 * BodyPace.WINDOW_SECONDS + 1);
        assertThat(ended).hasValue(expected);
    }

    @Test
    void fast_beginning_does_not_excuse_a_slow_rest() {
        receive(1_000_000, BodyPace.WINDOW_SECONDS);
        receive(1, BodyPace.WINDOW_SECONDS + 1);
        assertThat(ended).hasValue(1);
    }

    @Test
    void time_in_which_the_store_works_does_not_count() {
        pace.received(65_536);
        pass(600);
        assertThat(ended).hasValue(0);
        pace.resumed();
        pass(BodyPace.IDLE_SECONDS + 10);
        assertThat(ended).hasValue(1);
    }

    @Test
    void stopped_timer_ends_nothing() {
        pace.stop();
        pass(600);
        assertThat(ended).hasValue(0);
    }
}

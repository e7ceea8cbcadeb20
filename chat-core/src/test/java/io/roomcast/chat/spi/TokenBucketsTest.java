package io.roomcast.chat.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StopTyping;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenBucketsTest {
    private static final Command<?> SEND = SendMessage.text("r", "hi").from("a");

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private final TokenBuckets buckets = new TokenBuckets(now::get);

    @ParameterizedTest(name = "{0}: {1} at once, then one in {2} ms")
    @MethodSource("rates")
    void each_kind_has_its_burst_and_its_rate(Command<?> command, int burst, long intervalMillis) {
        for (int i = 0; i < burst; i++) {
            assertThat(buckets.acquire("a", command)).isZero();
        }
        Duration interval = Duration.ofMillis(intervalMillis);
        assertThat(buckets.acquire("a", command)).isEqualTo(interval);
        pass(interval.minusNanos(1));
        assertThat(buckets.acquire("a", command)).isEqualTo(Duration.ofNanos(1));
        pass(Duration.ofNanos(1));
        assertThat(buckets.acquire("a", command)).isZero();
        assertThat(buckets.acquire("a", command)).isEqualTo(interval);
    }

    private static Stream<Arguments> rates() {
        return Stream.of(
                Arguments.of(SEND, 20, 200),
                Arguments.of(new StopTyping("r", "a"), 5, 500),
                Arguments.of(JoinRoom.of("r"), 200, 50),
                Arguments.of(new LeaveRoom("r"), 200, 50));
    }

    @Test
    void one_caller_does_not_use_up_what_others_have() {
        for (int i = 0; i < 20; i++) {
            buckets.acquire("a", SEND);
        }
        assertThat(buckets.acquire("a", SEND)).isPositive();
        assertThat(buckets.acquire("b", SEND)).isZero();
        assertThat(buckets.acquire("a", JoinRoom.of("r"))).isZero();
    }

    @Test
    void rest_refills_a_bucket_no_further_than_full() {
        buckets.acquire("a", SEND);
        pass(Duration.ofHours(1));
        for (int i = 0; i < 20; i++) {
            assertThat(buckets.acquire("a", SEND)).isZero();
        }
        assertThat(buckets.acquire("a", SEND)).isPositive();
    }

    @Test
    void callers_who_left_are_forgotten() {
        for (int i = 0; i < 100_000; i++) {
            buckets.acquire("caller-" + i, SEND);
            pass(Duration.ofMillis(1));
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(10_001);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}

package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTimeoutsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final VirtualTime time = new VirtualTime();
    private final ReplyTimeouts timeouts = new ReplyTimeouts(TIMEOUT, time.scheduler());
    private final Answer<String> answer = new Answer<>();

    @Test
    void result_in_time_is_delivered_and_no_longer_tracked() {
        timeouts.track(answer).succeeded("done");
        assertThat(answer.result()).isEqualTo("done");
        assertThat(timeouts.pending()).isZero();
    }

    @ParameterizedTest(name = "tracked {0} ms after a tick")
    @ValueSource(longs = {0, 1, 400, 999})
    void reply_without_result_fails_within_eleven_tenths_of_the_timeout(long phase) {
        time.advance(Duration.ofMillis(3_000 + phase));
        timeouts.track(answer);
        time.advance(TIMEOUT.minusMillis(1));
        assertThat(answer.count()).isZero();
        time.advance(Duration.ofMillis(1_001));
        assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(timeouts.pending()).isZero();
    }

    @Test
    void timeout_holds_over_many_turns_of_the_ring() {
        for (int round = 0; round < 50; round++) {
            Answer<String> silent = new Answer<>();
            timeouts.track(silent);
            time.advance(TIMEOUT.minusMillis(1));
            assertThat(silent.count()).isZero();
            time.advance(Duration.ofMillis(1_001));
            assertThat(silent.count()).isEqualTo(1);
        }
    }

    @Test
    void late_answers_are_ignored() {
        PendingReply<String> pending = timeouts.track(answer);
        time.advance(TIMEOUT.multipliedBy(2));
        pending.succeeded("too late");
        pending.failed(ChatException.of(ErrorCode.FORBIDDEN));
        assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(answer.count()).isEqualTo(1);
    }

    @Test
    void answered_reply_does_not_time_out() {
        timeouts.track(answer).failed(ChatException.of(ErrorCode.FORBIDDEN));
        time.advance(TIMEOUT.multipliedBy(2));
        assertThat(answer.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(answer.count()).isEqualTo(1);
    }

    @Test
    void close_fails_pending_replies() {
        List<Answer<String>> owed =
                IntStream.range(0, 30).mapToObj(this::trackedLater).toList();
        timeouts.close();
        assertThat(owed).allSatisfy(one -> assertThat(one.code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(timeouts.pending()).isZero();
    }

    private Answer<String> trackedLater(int index) {
        Answer<String> later = new Answer<>();
        timeouts.track(later);
        time.advance(Duration.ofMillis(300));
        return later;
    }

    @Test
    void close_stops_its_timer() {
        timeouts.close();
        assertThat(time.timers()).isZero();
    }

    @Test
    void reply_that_throws_does_not_keep_others_from_timing_out() {
        Answer<String> broken = broken();
        List<Answer<String>> both = Stream.of(broken, answer).toList();
        both.forEach(timeouts::track);
        time.advance(TIMEOUT.multipliedBy(2));
        Answer<String> next = new Answer<>();
        timeouts.track(next);
        time.advance(TIMEOUT.multipliedBy(2));
        assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(next.code()).isEqualTo(ErrorCode.TIMEOUT);
    }

    private static Answer<String> broken() {
        return new Answer<>(() -> {
            throw new IllegalStateException("connection gone");
        });
    }
}

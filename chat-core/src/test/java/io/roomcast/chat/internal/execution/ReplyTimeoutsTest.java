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
    private final ReplyTimeouts deadlines = new ReplyTimeouts(TIMEOUT, time.scheduler());
    private final Answer<String> answer = new Answer<>();

    @Test
    void answer_in_time_is_passed_on_and_forgotten() {
        deadlines.track(answer).succeeded("done");
        assertThat(answer.result()).isEqualTo("done");
        assertThat(deadlines.pending()).isZero();
    }

    @ParameterizedTest(name = "tracked {0} ms after a tick")
    @ValueSource(longs = {0, 1, 400, 999})
    void silence_times_out_between_the_timeout_and_eleven_tenths(long phase) {
        time.advance(Duration.ofMillis(3_000 + phase));
        deadlines.track(answer);
        time.advance(TIMEOUT.minusMillis(1));
        assertThat(answer.count()).isZero();
        time.advance(Duration.ofMillis(1_001));
        assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(deadlines.pending()).isZero();
    }

    @Test
    void timeout_holds_while_the_ring_goes_round_many_times() {
        for (int round = 0; round < 50; round++) {
            Answer<String> silent = new Answer<>();
            deadlines.track(silent);
            time.advance(TIMEOUT.minusMillis(1));
            assertThat(silent.count()).isZero();
            time.advance(Duration.ofMillis(1_001));
            assertThat(silent.count()).isEqualTo(1);
        }
    }

    @Test
    void late_answers_are_ignored() {
        PendingReply<String> pending = deadlines.track(answer);
        time.advance(TIMEOUT.multipliedBy(2));
        pending.succeeded("too late");
        pending.failed(ChatException.of(ErrorCode.FORBIDDEN));
        assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(answer.count()).isEqualTo(1);
    }

    @Test
    void answered_reply_does_not_time_out() {
        deadlines.track(answer).failed(ChatException.of(ErrorCode.FORBIDDEN));
        time.advance(TIMEOUT.multipliedBy(2));
        assertThat(answer.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(answer.count()).isEqualTo(1);
    }

    @Test
    void close_fails_what_is_owed() {
        List<Answer<String>> owed =
                IntStream.range(0, 30).mapToObj(this::trackedLater).toList();
        deadlines.close();
        assertThat(owed).allSatisfy(one -> assertThat(one.code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(deadlines.pending()).isZero();
    }

    private Answer<String> trackedLater(int index) {
        Answer<String> later = new Answer<>();
        deadlines.track(later);
        time.advance(Duration.ofMillis(300));
        return later;
    }

    @Test
    void close_stops_its_timer() {
        deadlines.close();
        assertThat(time.timers()).isZero();
    }

    @Test
    void reply_that_throws_does_not_keep_others_from_timing_out() {
        Answer<String> broken = broken();
        List<Answer<String>> both = Stream.of(broken, answer).toList();
        both.forEach(deadlines::track);
        time.advance(TIMEOUT.multipliedBy(2));
        Answer<String> next = new Answer<>();
        deadlines.track(next);
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

package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.mongo.Heads.Head;
import io.roomcast.chat.testkit.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadsTest {
    private final MovableClock clock = new MovableClock();
    private final Heads heads = new Heads(2, clock);

    @Test
    void conversation_longest_not_written_to_is_forgotten() {
        learn("a", head(1));
        learn("b", head(2));
        heads.found("a", 3);
        learn("c", head(4));

        assertThat(heads.of("a")).contains(head(3));
        assertThat(heads.of("b")).isEmpty();
        assertThat(heads.of("c")).contains(head(4));
    }

    @Test
    void head_never_decreases() {
        learn("a", head(3));
        heads.found("a", 1);
        learn("a", head(2));

        assertThat(heads.of("a")).contains(head(3));
        assertThat(heads.highestSeen("a")).isEqualTo(3);
    }

    @Test
    void number_alone_is_no_head_as_it_has_no_retention() {
        heads.found("a", 3);

        assertThat(heads.of("a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {601, 3_600, 86_400, -1, -3_600})
    void head_is_not_used_after_its_time_or_once_the_clock_was_set_back(long seconds) {
        learn("a", head(3));
        clock.advance(Duration.ofSeconds(seconds));

        assertThat(heads.of("a")).isEmpty();
        assertThat(heads.highestSeen("a")).isEqualTo(3);
    }

    @Test
    void insert_shows_that_a_head_may_be_used_from_its_time_on() {
        learn("a", head(3));
        clock.advance(Duration.ofMinutes(9));
        heads.inserted("a", 4, heads.now());
        clock.advance(Duration.ofMinutes(9));

        assertThat(heads.of("a")).contains(head(4));
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "1003, 1003", "1004, 3", "9223372036854775807, 3", "2, 3", "-1, 3"})
    void report_of_another_node_raises_a_head_by_a_limited_number(long seq, long expected) {
        learn("a", head(3));
        heads.noted("a", seq);

        assertThat(heads.of("a")).contains(head(expected));
    }

    @Test
    void report_of_another_node_makes_no_head() {
        heads.noted("a", 3);

        assertThat(heads.of("a")).isEmpty();
        assertThat(heads.highestSeen("a")).isZero();
    }

    @Test
    void message_that_was_there_before_does_not_prolong_the_use() {
        learn("a", head(3));
        clock.advance(Duration.ofMinutes(9));
        heads.found("a", 4);
        clock.advance(Duration.ofMinutes(2));

        assertThat(heads.of("a")).isEmpty();
    }

    @Test
    void conversation_whose_messages_expire_is_asked_about_each_time() {
        learn("a", new Head(1, 0, Duration.ofDays(1)));
        heads.found("a", 2);

        assertThat(heads.of("a")).isEmpty();
        assertThat(heads.highestSeen("a")).isEqualTo(2);
    }

    @Test
    void documents_outlast_the_use_of_a_head_by_far() {
        assertThat(MessageLog.KEPT).isGreaterThanOrEqualTo(Heads.TRUSTED.multipliedBy(4));
    }

    private void learn(String conversationId, Head head) {
        heads.put(conversationId, head, heads.now());
    }

    private static Head head(long seq) {
        return new Head(seq, 0, null);
    }
}

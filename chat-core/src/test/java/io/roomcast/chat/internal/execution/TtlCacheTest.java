package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TtlCacheTest {
    private final VirtualTime time = new VirtualTime();
    private final TtlCache<String, Integer> answers =
            new TtlCache<>(time.clock(), Duration.ofSeconds(30), 10, weight -> weight);

    private void keep(String key, int value) {
        answers.putIfCurrent(key, value, answers.invalidations());
    }

    @Test
    void answer_is_good_for_its_time() {
        keep("a", 1);
        time.advance(Duration.ofMillis(29_999));
        assertThat(answers.getIfPresent("a")).isEqualTo(1);
        time.advance(Duration.ofMillis(1));
        assertThat(answers.getIfPresent("a")).isNull();
    }

    @Test
    void clock_that_is_set_back_makes_answers_old() {
        keep("a", 1);
        time.adjustClock(Duration.ofHours(-1));
        assertThat(answers.getIfPresent("a")).isNull();
    }

    @Test
    void oldest_answers_make_room() {
        keep("a", 4);
        keep("b", 4);
        keep("c", 4);
        assertThat(answers.getIfPresent("a")).isNull();
        assertThat(answers.getIfPresent("b")).isEqualTo(4);
        assertThat(answers.size()).isEqualTo(2);
    }

    @Test
    void answer_that_is_given_again_is_young_again() {
        keep("a", 4);
        keep("b", 4);
        keep("a", 4);
        keep("c", 4);
        assertThat(answers.getIfPresent("a")).isEqualTo(4);
        assertThat(answers.getIfPresent("b")).isNull();
    }

    @Test
    void answer_too_heavy_for_all_room_is_not_kept() {
        keep("a", 11);
        assertThat(answers.size()).isZero();
        keep("b", 10);
        assertThat(answers.getIfPresent("b")).isEqualTo(10);
    }

    @Test
    void old_answers_do_not_stay() {
        keep("a", 1);
        time.advance(Duration.ofSeconds(30));
        keep("b", 1);
        assertThat(answers.size()).isEqualTo(1);
    }

    @Test
    void what_was_asked_before_a_drop_is_not_kept_after_it() {
        long invalidations = answers.invalidations();
        answers.invalidate("a");
        answers.putIfCurrent("a", 1, invalidations);
        assertThat(answers.getIfPresent("a")).isNull();
    }

    @Test
    void merged_answers_are_one() {
        answers.merge("a", 3, Math::max);
        answers.merge("a", 2, Math::max);
        assertThat(answers.getIfPresent("a")).isEqualTo(3);
    }

    @Test
    void nothing_is_left_of_what_is_cleared() {
        keep("a", 10);
        answers.clear();
        keep("b", 10);
        assertThat(answers.size()).isEqualTo(1);
    }
}

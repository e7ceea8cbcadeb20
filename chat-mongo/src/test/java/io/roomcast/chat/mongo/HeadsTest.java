package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.mongo.Heads.Head;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeadsTest {
    private final Heads heads = new Heads(2);

    @Test
    void conversation_longest_not_written_to_is_forgotten() {
        heads.learn("a", head(1));
        heads.learn("b", head(2));
        heads.raise("a", 3);
        heads.learn("c", head(4));

        assertThat(heads.of("a")).contains(head(3));
        assertThat(heads.of("b")).isEmpty();
        assertThat(heads.of("c")).contains(head(4));
    }

    @Test
    void head_never_goes_back() {
        heads.learn("a", head(3));
        heads.raise("a", 1);
        heads.learn("a", head(2));

        assertThat(heads.of("a")).contains(head(3));
    }

    @Test
    void place_alone_makes_no_head_as_it_tells_of_no_retention() {
        heads.raise("a", 3);

        assertThat(heads.of("a")).isEmpty();
    }

    @Test
    void retention_is_kept_while_the_head_rises() {
        heads.learn("a", new Head(1, 0, Duration.ofDays(1)));
        heads.raise("a", 2);

        assertThat(heads.of("a")).contains(new Head(2, 0, Duration.ofDays(1)));
    }

    private static Head head(long seq) {
        return new Head(seq, 0, null);
    }
}

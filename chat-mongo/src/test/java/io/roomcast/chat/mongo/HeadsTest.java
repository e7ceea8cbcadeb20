package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadsTest {
    @Test
    void conversation_longest_not_written_to_is_forgotten() {
        Heads heads = new Heads(2);
        heads.raise("a", 1);
        heads.raise("b", 2);
        heads.raise("a", 3);
        heads.raise("c", 4);

        assertThat(heads.of("a")).hasValue(3);
        assertThat(heads.of("b")).isEmpty();
        assertThat(heads.of("c")).hasValue(4);
    }

    @Test
    void head_never_goes_back() {
        Heads heads = new Heads(2);
        heads.raise("a", 3);
        heads.raise("a", 1);

        assertThat(heads.of("a")).hasValue(3);
    }
}

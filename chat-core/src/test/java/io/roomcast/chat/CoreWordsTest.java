package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.testkit.PlainWords;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CoreWordsTest {
    @Test
    void sources_use_plain_words() {
        assertThat(PlainWords.foundIn(Path.of("src/main/java"))).isEmpty();
    }
}

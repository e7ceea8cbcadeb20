package io.roomcast.chat.internal.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogThrottleTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            0, ``
            1, ` (1 more time since the last such line)`
            2, ` (2 more times since the last such line)`
            9, ` (9 more times since the last such line)`
            """)
    void line_ends_with_the_number_of_skipped_lines(int lines, String end) {
        LogThrottle pace = new LogThrottle();
        assertThat(pace.isDue()).isTrue();
        assertThat(pace.skipped()).isEmpty();
        for (int i = 0; i < lines; i++) {
            assertThat(pace.isDue()).isFalse();
        }
        assertThat(pace.skipped()).isEqualTo(end);
        assertThat(pace.skipped()).isEmpty();
    }
}

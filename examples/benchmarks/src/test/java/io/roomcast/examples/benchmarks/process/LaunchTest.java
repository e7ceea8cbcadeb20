package io.roomcast.examples.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LaunchTest {
    private final Launch launch = new Launch(
            List.of("java", "-jar", "a b.jar"), Map.of("CHAT_STORE", "memory"), Pattern.compile("(1)"), false);

    @Test
    void text_isALineForAShell() {
        assertThat(launch).hasToString("CHAT_STORE=memory java -jar 'a b.jar'");
    }

    @Test
    void launch_isPinned() {
        assertThat(launch.on("0").command()).containsExactly("taskset", "-c", "0", "java", "-jar", "a b.jar");
        assertThat(launch.on("")).isSameAs(launch);
    }
}

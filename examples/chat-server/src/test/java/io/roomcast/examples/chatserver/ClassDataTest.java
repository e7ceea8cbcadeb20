package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassDataTest {
    private static final String OTHERS = """
            7f28ae000000-7f28aebc8000 rw-p 00001000 fe:00 1 %s/lib/server/classes.jsa
            7f2910312000-7f291036c000 rw-p 00000000 00:00 0
            7f290f251000-7f290ffa4000 r-xp 00000000 fe:00 2 /usr/lib/libc.so.6
            """.formatted(System.getProperty("java.home"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"chat-server-1.jsa", "chat-server-1.aot", "a name with spaces.jsa"})
    void mapped_archive_is_in_use(String name) throws IOException {
        Path archive = Files.write(folder.resolve(name), new byte[3 << 20]);
        String mappings = OTHERS + "7f2900400000-7f2900500000 r--p 00000000 fe:00 3                  " + archive + "\n";

        assertThat(ClassData.describe(mappings, "unused")).isEqualTo("archive of 3 MB, " + archive);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " (deleted)"})
    void without_a_mapped_archive_there_is_a_reason(String end) throws IOException {
        String mappings = OTHERS + (end.isEmpty() ? "" : "7f29-7f2a r--p 00000000 fe:00 3 /tmp/a.jsa" + end);

        assertThat(ClassData.describe(mappings, "it is off")).isEqualTo("none, because it is off");
    }
}

package io.roomcast.chat.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenFilesTest {
    private final OpenFiles files = new OpenFiles();

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws IOException {
        files.close();
    }

    private interface Action {
        void on(OpenFilesTest test) throws IOException;
    }

    private Path path(String id) {
        return folder.resolve(id);
    }

    private FileChannel open(String id) throws IOException {
        return files.use(id, path(id), file -> file);
    }

    @Test
    void file_stays_open_between_two_uses() throws IOException {
        FileChannel first = open("a");
        assertThat(open("a")).isSameAs(first);
        assertThat(first.isOpen()).isTrue();
        assertThat(open("b")).isNotSameAs(first);
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                end("forgotten", test -> test.files.forget("a")),
                end("all closed", test -> test.files.close()),
                end(
                        "its use fails",
                        test -> assertThatThrownBy(() -> test.files.use("a", test.path("a"), file -> {
                                    throw new IOException("full");
                                }))
                                .hasMessage("full")),
                end("many others are used", test -> {
                    for (int i = 0; i < OpenFiles.MAX_FILES; i++) {
                        test.open("other-" + i);
                    }
                }));
    }

    private static Arguments end(String name, Action action) {
        return argumentSet(name, action);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void file_is_closed_and_can_be_opened_again(Action end) throws IOException {
        FileChannel first = open("a");
        end.on(this);
        assertThat(first.isOpen()).isFalse();
        assertThat(open("a").isOpen()).isTrue();
    }

    @Test
    void file_used_last_is_closed_last() throws IOException {
        List<FileChannel> opened = new ArrayList<>();
        for (int i = 0; i < OpenFiles.MAX_FILES; i++) {
            opened.add(open("file-" + i));
        }
        open("file-0");
        open("one more");
        assertThat(opened.get(0).isOpen()).isTrue();
        assertThat(opened.get(1).isOpen()).isFalse();
        assertThat(opened.subList(2, opened.size())).allMatch(FileChannel::isOpen);
    }

    @Test
    void used_file_is_opened_once_more_for_another_use() throws IOException {
        FileChannel[] inner = new FileChannel[1];
        FileChannel outer = files.use("a", path("a"), file -> {
            inner[0] = open("a");
            assertThat(inner[0]).isNotSameAs(file);
            assertThat(inner[0].isOpen()).isFalse();
            return file;
        });
        assertThat(outer.isOpen()).isTrue();
    }

    /** Bytes for the new file must not go to the one that was deleted. */
    @Test
    void file_that_is_deleted_while_it_is_used_is_not_used_again() throws IOException {
        FileChannel deleted = files.use("a", path("a"), file -> {
            Files.delete(path("a"));
            files.forget("a");
            assertThat(file.isOpen()).isTrue();
            return file;
        });
        assertThat(deleted.isOpen()).isFalse();
        files.use("a", path("a"), file -> file.write(ByteBuffer.wrap(new byte[3])));
        assertThat(path("a")).hasSize(3);
    }

    @Test
    void files_in_use_are_closed_when_their_use_ends() throws IOException {
        FileChannel used = files.use("a", path("a"), file -> {
            files.close();
            assertThat(file.isOpen()).isTrue();
            return file;
        });
        assertThat(used.isOpen()).isFalse();
    }

    @Test
    void file_that_cannot_be_opened_is_tried_again() throws IOException {
        Path missing = folder.resolve("missing").resolve("a");
        assertThatThrownBy(() -> files.use("a", missing, file -> file)).isInstanceOf(IOException.class);
        Files.createDirectory(folder.resolve("missing"));
        assertThat(files.use("a", missing, file -> file).isOpen()).isTrue();
    }
}

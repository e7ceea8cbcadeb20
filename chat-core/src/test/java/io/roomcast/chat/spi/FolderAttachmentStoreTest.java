package io.roomcast.chat.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.testkit.AttachmentStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderAttachmentStoreTest extends AttachmentStoreContract {
    @TempDir
    private Path parent;

    @Override
    protected AttachmentStore open() {
        return AttachmentStore.onDisk(parent.resolve("files"));
    }

    @Test
    void folder_that_is_a_file_is_refused() throws IOException {
        Path file = Files.createFile(parent.resolve("a file"));
        assertThatThrownBy(() -> AttachmentStore.onDisk(file))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "", "a/b", "a\\b", "..", "a\0b"})
    void id_never_leaves_the_folder(String id) {
        try (AttachmentStore store = open()) {
            assertThatThrownBy(() -> store.find(id)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.read(id, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void damaged_file_is_left_out_and_bytes_without_facts_are_removed() throws IOException {
        Path files = Files.createDirectories(parent.resolve("files").resolve("AA"));
        Files.writeString(files.resolve("AA_damaged.facts"), "x");
        Files.writeString(files.resolve("AA_damaged.bytes"), "x");
        Path lost = Files.writeString(files.resolve("AA_lost.bytes"), "x");
        Path unfinished = Files.writeString(files.resolve("AA_new.temporary"), "x");
        try (AttachmentStore store = open()) {
            assertThat(store.list("", 10)).isEmpty();
            assertThat(lost).doesNotExist();
            assertThat(unfinished).doesNotExist();
            assertThat(store.size("AA_damaged")).isEqualTo(1);
        }
    }

    @Test
    void foreign_files_in_the_folder_are_left_alone() throws IOException {
        Path foreign = Files.createDirectories(parent.resolve("files").resolve("ab"));
        Files.writeString(foreign.resolve("not an id.facts"), "x");
        Files.writeString(foreign.resolve("readme.txt"), "x");
        try (AttachmentStore store = open()) {
            assertThat(store.list("", 10)).isEmpty();
        }
    }
}

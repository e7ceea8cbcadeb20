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
    void foreign_files_in_the_folder_are_left_alone() throws IOException {
        Path foreign = Files.createDirectories(parent.resolve("files").resolve("ab"));
        Files.writeString(foreign.resolve("not an id.facts"), "x");
        Files.writeString(foreign.resolve("readme.txt"), "x");
        try (AttachmentStore store = open()) {
            assertThat(store.list("", 10)).isEmpty();
        }
    }
}

package io.roomcast.chat.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.testkit.AttachmentStoreContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderAttachmentStoreTest extends AttachmentStoreContract {
    @TempDir
    private Path parent;

    @Override
    protected AttachmentStore open() {
        return AttachmentStore.onDisk(parent.resolve("files"));
    }

    /** Opens a second store, in a folder of its own. */
    private AttachmentStore openAnother() {
        return AttachmentStore.onDisk(another());
    }

    private Path another() {
        return parent.resolve("others");
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
        try (AttachmentStore store = openAnother()) {
            assertThatThrownBy(() -> store.find(id)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.read(id, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void damaged_file_is_left_out_and_bytes_without_facts_are_removed() throws IOException {
        Path files = Files.createDirectories(another().resolve("AA"));
        Files.writeString(files.resolve("AA_damaged.facts"), "x");
        Files.writeString(files.resolve("AA_damaged.bytes"), "x");
        Path lost = Files.writeString(files.resolve("AA_lost.bytes"), "x");
        Path unfinished = Files.writeString(files.resolve("AA_new.temporary"), "x");
        try (AttachmentStore store = openAnother()) {
            assertThat(store.list("", 10)).isEmpty();
            assertThat(lost).doesNotExist();
            assertThat(unfinished).doesNotExist();
            assertThat(store.size("AA_damaged")).isEqualTo(1);
        }
    }

    @Test
    void foreign_files_in_the_folder_are_left_alone() throws IOException {
        Path foreign = Files.createDirectories(another().resolve("ab"));
        Files.writeString(foreign.resolve("not an id.facts"), "x");
        Files.writeString(foreign.resolve("readme.txt"), "x");
        try (AttachmentStore store = openAnother()) {
            assertThat(store.list("", 10)).isEmpty();
        }
    }

    @Test
    void folder_has_one_store_at_a_time() {
        assertThatThrownBy(this::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("folder: " + parent.resolve("files")
                        + " is in use (expected: a folder that no other store or process uses)");
        AttachmentStore first = openAnother();
        first.close();
        first.close();
        openAnother().close();
    }

    @Test
    void folder_of_another_process_is_refused_until_that_ends() throws Exception {
        Files.createDirectories(another());
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FolderHolderMain.class.getName(),
                        another().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(holder.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo(FolderHolderMain.OPEN);
            assertThatThrownBy(this::openAnother)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is in use");
        } finally {
            holder.destroyForcibly().onExit().join();
        }
        openAnother().close();
    }

    /** A device that is full for every write stands for a full disk. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void full_disk_is_reported_and_the_size_stays() throws IOException {
        StoredFile file =
                new StoredFile("AA_full", "room", "ann", "a", 9, "a/b", null, Instant.ofEpochMilli(1_000), null);
        try (AttachmentStore store = openAnother()) {
            store.create(file);
            Files.createSymbolicLink(another().resolve("AA").resolve("AA_full.bytes"), Path.of("/dev/full"));
            assertThatThrownBy(() -> store.append(file.id(), 0, ByteBuffer.wrap(new byte[9])))
                    .isInstanceOfSatisfying(
                            ChatException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
            assertThat(store.size(file.id())).isZero();
            assertThat(store.find(file.id())).contains(file);
        }
    }

    /** An upload whose client disappears leaves its file open. */
    @Test
    void more_files_than_stay_open_can_be_written_in_turn() {
        int files = 2 * OpenFiles.MAX_FILES;
        try (AttachmentStore store = openAnother()) {
            for (int part = 0; part < 3; part++) {
                for (int i = 0; i < files; i++) {
                    StoredFile file = new StoredFile(
                            "AA_" + i, "room", "ann", "a", 9, "a/b", null, Instant.ofEpochMilli(1_000), null);
                    store.create(file);
                    assertThat(store.append(file.id(), part, ByteBuffer.wrap(new byte[1])))
                            .isEqualTo(part + 1);
                }
            }
        }
    }

    /** The first attempt to write the facts finds the disk full. */
    @ParameterizedTest(name = "{0} to {1}: {2}")
    @EnabledOnOs(OS.LINUX)
    @CsvSource({
        "OPEN, REJECTED, true",
        "READY, REJECTED, true",
        "OPEN, CHECKING, false",
        "CHECKING, REJECTED, false",
        "SENDING, REJECTED, false"
    })
    void upload_that_is_given_up_makes_room_on_a_full_disk(
            UploadState.Status from, UploadState.Status to, boolean isGivenUp) throws IOException {
        Instant now = Instant.ofEpochMilli(1_000);
        StoredFile open = new StoredFile("AA_full", "room", "ann", "a", 9, "a/b", null, now, null);
        StoredFile before = open.at(open.state().at(from, now));
        StoredFile after = before.at(
                to == UploadState.Status.REJECTED
                        ? before.state().rejected(now, ErrorCode.UPLOAD_NOT_FOUND)
                        : before.state().at(to, now));
        try (AttachmentStore store = openAnother()) {
            store.create(before);
            store.append(before.id(), 0, ByteBuffer.wrap(new byte[9]));
            Path facts = another().resolve("AA").resolve("AA_full.temporary");
            Files.createSymbolicLink(facts, Path.of("/dev/full"));
            if (isGivenUp) {
                assertThat(store.update(before, after)).isTrue();
            } else {
                assertThatThrownBy(() -> store.update(before, after)).isInstanceOf(ChatException.class);
            }
            assertThat(store.find(before.id())).contains(isGivenUp ? after : before);
            assertThat(store.size(before.id())).isEqualTo(isGivenUp ? 0 : 9);
            assertThat(facts).doesNotExist();
        }
    }
}

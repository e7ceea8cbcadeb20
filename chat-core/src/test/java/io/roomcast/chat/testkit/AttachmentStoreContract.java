package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.spi.AttachmentStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tests that every {@link AttachmentStore} must pass. A store's author extends this class:
 *
 * <pre>{@code
 * class MyStoreTest extends AttachmentStoreContract {
 *     @Override
 *     protected AttachmentStore open() {
 *         return new MyStore();
 *     }
 * }
 * }</pre>
 */
public abstract class AttachmentStoreContract {
    private static final String FIRST = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final String SECOND = "BBBBBBBBBBBBBBBBBBBBBB";
    private static final String THIRD = "_CCCCCCCCCCCCCCCCCCCCC";

    private AttachmentStore store;

    /** Opens a store; the first one of a test is empty. */
    protected abstract AttachmentStore open();

    /** Returns whether another store that is opened has the files of the one that was closed. */
    protected boolean survivesRestart() {
        return true;
    }

    @BeforeEach
    void openFirst() {
        store = open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static StoredFile file(String id) {
        return file(id, "ann", 1_000);
    }

    private static StoredFile file(String id, String userId, long size) {
        return new StoredFile(
                id,
                "room 7",
                userId,
                "Übersicht.pdf",
                size,
                "application/pdf",
                null,
                Instant.ofEpochMilli(1_000),
                null);
    }

    private static StoredFile.Use use(boolean stored) {
        return new StoredFile.Use("key", "message", stored);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private String text(String id, long from, long length) {
        return new String(read(id, from, length), StandardCharsets.UTF_8);
    }

    private byte[] read(String id, long from, long length) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (ReadableByteChannel channel = store.read(id, from, length);
                OutputStream out = all) {
            Channels.newInputStream(channel).transferTo(out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return all.toByteArray();
    }

    @Test
    void facts_are_found_as_they_were_stored() {
        StoredFile file = new StoredFile(
                FIRST,
                "room",
                "ann",
                "a.png",
                9,
                "image/png",
                "my key",
                Instant.ofEpochMilli(1_700_000_000_123L),
                null);
        store.create(file);
        assertThat(store.find(FIRST)).contains(file);
        assertThat(store.find(SECOND)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void facts_can_be_replaced(boolean stored) {
        store.create(file(FIRST));
        assertThat(store.update(file(FIRST), file(FIRST).usedBy(use(stored)))).isTrue();
        assertThat(store.find(FIRST)).contains(file(FIRST).usedBy(use(stored)));
    }

    @Test
    void facts_of_a_file_that_does_not_exist_are_not_replaced() {
        assertThat(store.update(file(FIRST), file(FIRST))).isFalse();
        assertThat(store.clear(file(FIRST))).isFalse();
        assertThat(store.find(FIRST)).isEmpty();
    }

    @Test
    void bytes_are_appended_in_order() {
        store.create(file(FIRST));
        assertThat(store.append(FIRST, 0, bytes("abc"))).isEqualTo(3);
        assertThat(store.append(FIRST, 3, bytes("defg"))).isEqualTo(7);
        store.sync(FIRST);
        assertThat(store.size(FIRST)).isEqualTo(7);
        assertThat(text(FIRST, 0, 100)).isEqualTo("abcdefg");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 4, 1_000_000})
    void bytes_at_another_offset_are_not_appended(long offset) {
        store.create(file(FIRST));
        store.append(FIRST, 0, bytes("abc"));
        ByteBuffer more = bytes("xyz");
        assertThat(store.append(FIRST, offset, more)).isEqualTo(3);
        assertThat(text(FIRST, 0, 100)).isEqualTo("abc");
    }

    @Test
    void bytes_of_a_file_that_does_not_exist_are_not_appended() {
        assertThat(store.append(FIRST, 0, bytes("abc"))).isZero();
        assertThat(store.size(FIRST)).isZero();
        assertThat(text(FIRST, 0, 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 999, 65_536, 261_120, 261_121, 700_000})
    void large_file_has_the_same_bytes_in_any_part_size(int part) {
        byte[] all = new byte[800_000];
        new Random(part).nextBytes(all);
        store.create(file(FIRST, "ann", all.length));
        int begin = part == 1 ? all.length - 700 : 0;
        store.append(FIRST, 0, ByteBuffer.wrap(all, 0, begin));
        for (int offset = begin; offset < all.length; offset += part) {
            ByteBuffer next = ByteBuffer.allocateDirect(Math.min(part, all.length - offset));
            next.put(all, offset, next.capacity()).flip();
            assertThat(store.append(FIRST, offset, next)).isEqualTo(offset + next.capacity());
        }
        assertThat(read(FIRST, 0, Long.MAX_VALUE)).isEqualTo(all);
        assertThat(read(FIRST, 261_119, 300_000)).isEqualTo(Arrays.copyOfRange(all, 261_119, 561_119));
    }

    @Test
    void several_buffers_are_appended_one_after_the_other() {
        byte[] all = new byte[600_000];
        new Random(3).nextBytes(all);
        store.create(file(FIRST, "ann", all.length));
        List<ByteBuffer> parts = new ArrayList<>();
        for (int offset = 0; offset < all.length; offset += 70_000) {
            parts.add(ByteBuffer.wrap(all, offset, Math.min(70_000, all.length - offset)));
        }
        assertThat(store.append(FIRST, 0, parts.subList(0, 3))).isEqualTo(210_000);
        assertThat(store.append(FIRST, 210_000, List.of())).isEqualTo(210_000);
        assertThat(store.append(FIRST, 210_001, parts.subList(3, 5))).isEqualTo(210_000);
        assertThat(store.append(FIRST, 210_000, parts.subList(3, parts.size()))).isEqualTo(all.length);
        assertThat(read(FIRST, 0, Long.MAX_VALUE)).isEqualTo(all);
        assertThat(store.append(SECOND, 0, List.of(bytes("abc")))).isZero();
    }

    @Test
    void part_of_a_file_is_read() {
        store.create(file(FIRST));
        store.append(FIRST, 0, bytes("abcdefg"));
        assertThat(text(FIRST, 2, 3)).isEqualTo("cde");
        assertThat(text(FIRST, 5, 100)).isEqualTo("fg");
        assertThat(text(FIRST, 7, 100)).isEmpty();
        assertThat(text(FIRST, 2, 0)).isEmpty();
    }

    @Test
    void cleared_file_is_written_anew() {
        store.create(file(FIRST));
        store.append(FIRST, 0, bytes("abc"));
        assertThat(store.clear(file(FIRST))).isTrue();
        assertThat(store.size(FIRST)).isZero();
        store.append(FIRST, 0, bytes("xy"));
        assertThat(text(FIRST, 0, 100)).isEqualTo("xy");
    }

    @Test
    void deleted_file_is_gone() {
        store.create(file(FIRST));
        store.append(FIRST, 0, bytes("abc"));
        store.delete(FIRST);
        store.delete(FIRST);
        assertThat(store.find(FIRST)).isEmpty();
        assertThat(store.size(FIRST)).isZero();
        assertThat(store.list("", 10)).isEmpty();
        assertThat(store.uploadsOf("ann")).isEmpty();
        assertThat(store.unfinished("", 10)).isEmpty();
    }

    private static StoredFile at(StoredFile file, UploadState.Status status) {
        return file.at(file.state().at(status, Instant.ofEpochMilli(2_000)));
    }

    @Test
    void uploads_of_a_user_are_those_that_have_not_ended() {
        store.create(file(FIRST));
        store.create(file(SECOND));
        store.create(file(THIRD, "ben", 1));
        store.update(file(SECOND), at(file(SECOND).usedBy(use(true)), UploadState.Status.ENDED));
        assertThat(store.uploadsOf("ann")).containsExactly(file(FIRST));
        assertThat(store.uploadsOf("cid")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(UploadState.Status.class)
    void each_step_of_an_upload_is_stored(UploadState.Status status) {
        StoredFile open = new StoredFile(
                FIRST,
                "room",
                "ann",
                "a.png",
                9,
                "image/png",
                null,
                Instant.ofEpochMilli(1_000),
                null,
                UploadState.toBeSent(Instant.ofEpochMilli(1_000), "AbC="));
        StoredFile next = at(open, status).usedBy(use(false)).ofType("image/gif");
        store.create(open);
        assertThat(store.unfinished("", 10)).containsExactly(open);
        assertThat(store.update(open, next)).isTrue();
        assertThat(store.find(FIRST)).contains(next);
        assertThat(store.update(open, open)).isFalse();
        assertThat(store.clear(open)).isFalse();
        assertThat(store.find(FIRST)).contains(next);
        assertThat(store.update(next, next.at(next.state().rejected(Instant.EPOCH, ErrorCode.REJECTED))))
                .isTrue();
        assertThat(store.find(FIRST).orElseThrow().state().code()).isEqualTo(ErrorCode.REJECTED);
    }

    private static StoredFile keyed(String id, String userId, String key) {
        return new StoredFile(id, "room", userId, "a.png", 9, "a/b", key, Instant.ofEpochMilli(1_000), null);
    }

    @ParameterizedTest
    @EnumSource(UploadState.Status.class)
    void key_of_an_uploader_is_taken_until_the_upload_has_ended(UploadState.Status status) {
        StoredFile first = keyed(FIRST, "ann", "my key");
        StoredFile second = keyed(SECOND, "ann", "my key");
        assertThat(store.create(first)).isTrue();
        assertThat(store.create(second)).isFalse();
        assertThat(store.find(SECOND)).isEmpty();
        assertThat(store.update(first, at(first, status))).isTrue();
        assertThat(store.create(second)).isEqualTo(status == UploadState.Status.ENDED);
        store.delete(FIRST);
        store.delete(SECOND);
        assertThat(store.create(second)).isTrue();
    }

    @Test
    void other_keys_and_those_of_other_users_are_not_taken() {
        assertThat(store.create(keyed(FIRST, "ann", "my key"))).isTrue();
        assertThat(store.create(keyed(SECOND, "ben", "my key"))).isTrue();
        assertThat(store.create(keyed(THIRD, "ann", "another key"))).isTrue();
        assertThat(store.create(keyed("D", "ann", null))).isTrue();
        assertThat(store.create(keyed("E", "ann", null))).isTrue();
        assertThat(store.uploadsOf("ann")).hasSize(4);
    }

    @Test
    void only_one_of_several_callers_takes_a_key() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                StoredFile file = keyed("file-" + i, "ann", "my key");
                results.add(threads.submit(() -> store.create(file)));
            }
            int created = 0;
            for (Future<Boolean> result : results) {
                created += result.get() ? 1 : 0;
            }
            assertThat(created).isEqualTo(1);
            assertThat(store.list("", 100)).hasSize(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void only_one_of_several_callers_replaces_the_facts() throws Exception {
        store.create(file(FIRST));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                StoredFile.Use use = new StoredFile.Use("key", "message " + i, true);
                StoredFile next = at(file(FIRST).usedBy(use), UploadState.Status.SENT);
                results.add(threads.submit(() -> store.update(file(FIRST), next)));
            }
            int replaced = 0;
            for (Future<Boolean> result : results) {
                replaced += result.get() ? 1 : 0;
            }
            assertThat(replaced).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void unfinished_uploads_are_listed_in_the_order_of_their_ids() {
        List.of(SECOND, THIRD, FIRST).forEach(id -> store.create(file(id)));
        assertThat(store.unfinished("", 2)).containsExactly(file(FIRST), file(SECOND));
        assertThat(store.unfinished(SECOND, 2)).containsExactly(file(THIRD));
        store.update(file(SECOND), at(file(SECOND), UploadState.Status.READY));
        store.update(file(THIRD), at(file(THIRD), UploadState.Status.CHECKING));
        assertThat(store.unfinished("", 2)).containsExactly(file(FIRST), at(file(THIRD), UploadState.Status.CHECKING));
    }

    @Test
    void files_are_listed_in_the_order_of_their_ids() {
        List.of(SECOND, THIRD, FIRST).forEach(id -> store.create(file(id)));
        store.update(file(SECOND), file(SECOND).usedBy(use(true)));
        List<String> found = new ArrayList<>();
        String last = "";
        for (List<StoredFile> page = store.list(last, 2); !page.isEmpty(); page = store.list(last, 2)) {
            page.forEach(file -> found.add(file.id()));
            last = found.get(found.size() - 1);
        }
        assertThat(found).containsExactly(FIRST, SECOND, THIRD);
    }

    @Test
    void files_survive_a_restart() {
        store.create(file(FIRST));
        store.append(FIRST, 0, bytes("abc"));
        store.sync(FIRST);
        store.create(file(SECOND));
        StoredFile sent = at(file(SECOND).usedBy(use(true)), UploadState.Status.ENDED);
        store.update(file(SECOND), sent);
        store.create(keyed(THIRD, "ann", "my key"));
        store.close();
        store = open();
        if (survivesRestart()) {
            assertThat(store.find(FIRST)).contains(file(FIRST));
            assertThat(store.create(keyed("D", "ann", "my key"))).isFalse();
            assertThat(store.find(SECOND)).contains(sent);
            assertThat(store.uploadsOf("ann")).containsExactlyInAnyOrder(file(FIRST), keyed(THIRD, "ann", "my key"));
            assertThat(store.append(FIRST, 3, bytes("def"))).isEqualTo(6);
            assertThat(text(FIRST, 0, 100)).isEqualTo("abcdef");
        } else {
            assertThat(store.list("", 10)).isEmpty();
        }
    }
}

package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.FinishUpload;
import io.roomcast.chat.command.GetUpload;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.FileInspector;
import io.roomcast.chat.spi.FileVerdict;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client keeps the URL of an upload, and stores the file in the host's storage after it was deleted. */
class DeletedDirectFilesTest {
    private static final int SIZE = 3;

    /** The time after which no bytes of a client arrive. */
    private static final Duration LATE = InMemoryStorage.VALIDITY.plusMinutes(60);

    private final VirtualTime time = new VirtualTime();
    private final InMemoryStorage storage = new InMemoryStorage(time.clock());
    private final AttachmentStore facts = AttachmentStore.inMemory();
    private final AttachmentStore store = AttachmentStore.direct(facts, storage, time.clock());
    private final AtomicReference<FileInspector> inspector = new AtomicReference<>(FileInspector.none());
    private final ChatFixture chat = ChatFixture.with(builder -> builder.clock(time.clock())
            .scheduler(time.scheduler())
            .attachments(store)
            .fileInspector((file, bytes) -> inspector.get().inspect(file, bytes)));
    private final TestSession ann = chat.user("ann");

    @BeforeEach
    void createGroup() {
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private String started() {
        return chat.run(ann, new StartUpload("g", "a.png", SIZE, "image/png", "key"))
                .result()
                .file()
                .id();
    }

    private void put(String id) {
        storage.objects.put(id, new byte[SIZE]);
    }

    private Answer<StartUpload.Started> finish(String id) {
        put(id);
        return chat.run(ann, new FinishUpload(id));
    }

    private void deleteMessage(String id) {
        finish(id).result();
        Attachment attachment = new Attachment(StoredFile.PATH + id, null, null, null);
        SendMessage message = SendMessage.of("g", null, MessageType.FILE, "", attachment, "message");
        String messageId = chat.run(ann, message).result().message().id();
        chat.run(ann, new DeleteMessage("g", messageId)).result();
    }

    private void reject(String id) {
        inspector.set((file, bytes) -> FileVerdict.reject(ErrorCode.FILE_TYPE_BLOCKED));
        assertThat(finish(id).refusal().code()).isEqualTo(ErrorCode.FILE_TYPE_BLOCKED);
    }

    private void expire() {
        time.advance(Duration.ofHours(25));
        await().until(() -> {
            time.advance(Duration.ofMinutes(1));
            return facts.list("", 1).get(0).state().isDeleted();
        });
    }

    static Stream<Arguments> deletions() {
        return Stream.of(
                deletion(
                        "cancelled",
                        (test, id) ->
                                test.chat.run(test.ann, new CancelUpload(id)).result()),
                deletion("cancelled when ready", (test, id) -> {
                    test.finish(id).result();
                    test.chat.run(test.ann, new CancelUpload(id)).result();
                }),
                deletion("rejected", DeletedDirectFilesTest::reject),
                deletion("expired", (test, id) -> test.expire()),
                deletion("its message is deleted", DeletedDirectFilesTest::deleteMessage),
                deletion(
                        "its user is erased",
                        (test, id) -> test.chat.chat().eraseUser("ann").join()));
    }

    private static Arguments deletion(String name, BiConsumer<DeletedDirectFilesTest, String> deletion) {
        return argumentSet(name, deletion);
    }

    @ParameterizedTest
    @MethodSource("deletions")
    void bytes_that_arrive_after_the_last_url_has_expired_are_deleted(
            BiConsumer<DeletedDirectFilesTest, String> deletion) {
        String id = started();
        deletion.accept(this, id);
        await().until(storage.objects::isEmpty);
        time.advance(InMemoryStorage.VALIDITY.plusMinutes(30));
        put(id);
        await().until(() -> {
            time.advance(Duration.ofMinutes(10));
            return facts.list("", 1).isEmpty();
        });
        assertThat(storage.objects).isEmpty();
    }

    @Test
    void deleted_file_is_not_found_meanwhile() {
        String id = started();
        chat.run(ann, new CancelUpload(id)).result();
        put(id);
        assertThat(facts.list("", 1)).isNotEmpty();
        assertThat(store.find(id)).isEmpty();
        assertThat(store.uploadsOf("ann")).isEmpty();
        assertThat(store.unfinished("", 1)).isEmpty();
        assertThat(chat.run(ann, new GetUpload(id)).refusal().code()).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND);
        assertThat(started()).isNotEqualTo(id);
    }

    @Test
    void deletion_is_repeated_without_effect_until_no_bytes_can_arrive() {
        String id = started();
        store.delete(id);
        time.advance(LATE.minusMillis(1));
        store.delete(id);
        assertThat(facts.find(id)).isPresent();
        time.advance(Duration.ofMillis(1));
        store.delete(id);
        assertThat(facts.find(id)).isEmpty();
    }

    @Test
    void file_of_which_no_bytes_can_arrive_is_deleted_at_once() {
        String id = started();
        finish(id).result();
        time.advance(LATE);
        store.delete(id);
        assertThat(facts.find(id)).isEmpty();
    }
}

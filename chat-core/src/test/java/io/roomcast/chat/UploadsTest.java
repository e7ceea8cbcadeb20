package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.GetFile;
import io.roomcast.chat.command.GetUpload;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that users upload and send. */
class UploadsTest {
    private static final int SIZE = 3;

    private final AttachmentStore store = AttachmentStore.inMemory();
    private final ChatFixture chat = ChatFixture.with(builder -> builder.attachments(store)
            .accessPolicy(AccessPolicy.membersOnly())
            .limits(Limits.builder()
                    .fileBytes(100)
                    .uploadsPerUser(2)
                    .uploadBytesPerDay(250)
                    .build()));
    private final TestSession ann = chat.user("ann");
    private final TestSession bob = chat.user("bob");

    @BeforeEach
    void createGroups() {
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        chat.chat().create(NewConversation.group("other", "Other", List.of("ann", "bob")));
        chat.chat().create(NewConversation.group("private", "Private", List.of("bob")));
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private static StartUpload start(String conversationId, long size) {
        return new StartUpload(conversationId, "plan.pdf", size, "application/pdf", null);
    }

    private StoredFile uploaded(TestSession session) {
        StoredFile file = chat.run(session, start("g", SIZE)).result().file();
        store.append(file.id(), 0, ByteBuffer.allocate(SIZE));
        return Answer.of(chat.engine().completeUpload(file.id())).result();
    }

    private Answer<SendMessage.Sent> send(TestSession session, String conversationId, String url, String key) {
        Attachment attachment = new Attachment(url, "another name.exe", 1_000L, "text/html");
        return chat.run(session, SendMessage.of(conversationId, null, MessageType.FILE, "", attachment, key));
    }

    private Message sent(StoredFile file) {
        return send(ann, "g", file.url(), "key").result().message();
    }

    private ErrorCode refusal(Answer<?> answer) {
        return answer.refusal().code();
    }

    @Test
    void message_has_the_facts_of_the_file_as_they_are_stored() {
        StoredFile file = uploaded(ann);
        assertThat(sent(file).attachment())
                .isEqualTo(new Attachment(file.url(), "plan.pdf", (long) SIZE, "application/pdf"));
        assertThat(send(ann, "g", file.url() + "?e=1&s=abc", "key").result().duplicate())
                .isTrue();
    }

    @Test
    void message_has_several_files_and_an_uploaded_thumbnail() {
        StoredFile first = uploaded(ann);
        StoredFile second = uploaded(ann);
        StoredFile thumbnail = uploaded(ann);
        List<Attachment> attachments = List.of(
                new Attachment(first.url(), null, null, null, 640L, 480L, 7L, thumbnail.url() + "?e=1&s=x"),
                new Attachment(second.url(), null, null, null),
                new Attachment("/elsewhere.png", "b.png", 1L, "image/png"));
        SendMessage message = new SendMessage(
                "g", null, MessageType.FILE, "", attachments, "key", null, List.of(), null, null, null, null);
        Message sent = chat.run(ann, message).result().message();
        assertThat(sent.body().attachments())
                .containsExactly(
                        new Attachment(
                                first.url(),
                                "plan.pdf",
                                (long) SIZE,
                                "application/pdf",
                                640L,
                                480L,
                                7L,
                                thumbnail.url()),
                        new Attachment(second.url(), "plan.pdf", (long) SIZE, "application/pdf"),
                        attachments.get(2));
        Stream.of(first, second, thumbnail)
                .forEach(file -> assertThat(chat.run(bob, new GetFile(file.id()))
                                .result()
                                .file()
                                .id())
                        .isEqualTo(file.id()));
        chat.run(ann, new DeleteMessage("g", sent.id())).result();
        await().until(() -> store.list("", 10).isEmpty());
    }

    @Test
    void members_find_the_file_of_a_message() {
        StoredFile file = uploaded(ann);
        assertThat(refusal(chat.run(ann, new GetFile(file.id())))).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND);
        sent(file);
        assertThat(chat.run(bob, new GetFile(file.id())).result().file().name()).isEqualTo("plan.pdf");
        assertThat(refusal(chat.run(chat.user("eve"), new GetFile(file.id())))).isEqualTo(ErrorCode.FORBIDDEN);
    }

    static Stream<Arguments> foreign() {
        return Stream.of(
                Arguments.of("another user's file", "bob", "g"),
                Arguments.of("a file of another conversation", "ann", "other"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreign")
    void foreign_file_cannot_be_sent(String why, String userId, String conversationId) {
        StoredFile file = uploaded(ann);
        Answer<SendMessage.Sent> answer = send(chat.user(userId), conversationId, file.url(), "key");
        assertThat(refusal(answer)).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(answer.refusal().field()).contains("fileUrl");
    }

    @Test
    void incomplete_or_unknown_file_cannot_be_sent() {
        StoredFile file = chat.run(ann, start("g", SIZE)).result().file();
        assertThat(refusal(send(ann, "g", file.url(), "key"))).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        store.append(file.id(), 0, ByteBuffer.allocate(SIZE));
        assertThat(refusal(send(ann, "g", file.url(), "key"))).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(refusal(send(ann, "g", "/api/files/unknown", "key"))).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(refusal(send(ann, "g", "/api/files/../x", "key"))).isEqualTo(ErrorCode.INVALID_PAYLOAD);
    }

    @Test
    void file_is_sent_once() {
        StoredFile file = uploaded(ann);
        Message message = sent(file);
        assertThat(send(ann, "g", file.url(), "key").result()).isEqualTo(new SendMessage.Sent(message, true));
        assertThat(refusal(send(ann, "g", file.url(), "another key"))).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(refusal(chat.run(ann, new CancelUpload(file.id())))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void links_to_other_places_are_as_before() {
        assertThat(send(ann, "g", "https://example.com/a", "key")
                        .result()
                        .message()
                        .attachment())
                .isEqualTo(new Attachment("https://example.com/a", "another name.exe", 1_000L, "text/html"));
    }

    @Test
    void file_is_deleted_with_its_message() {
        StoredFile file = uploaded(ann);
        chat.run(ann, new DeleteMessage("g", sent(file).id())).result();
        assertThat(refusal(chat.run(ann, new GetFile(file.id())))).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND);
        await().until(() -> store.find(file.id()).isEmpty());
    }

    @Test
    void files_of_a_deleted_conversation_and_of_an_erased_user_are_deleted_later() {
        StoredFile file = uploaded(ann);
        sent(file);
        chat.time().advance(Duration.ofDays(2));
        assertThat(store.find(file.id())).isPresent();
        chat.chat().eraseUser("ann").toCompletableFuture().join();
        assertThatThrownBy(() -> chat.engine().file(file.id()))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND));
        awaitSweep(file);
    }

    @Test
    void file_that_is_not_sent_is_deleted_after_a_day() {
        StoredFile file = uploaded(ann);
        chat.time().advance(Duration.ofHours(24));
        assertThat(store.find(file.id())).isPresent();
        chat.time().advance(Duration.ofHours(2));
        awaitSweep(file);
    }

    /** The sweeper has a thread of its own, which sets the next timer when it has ended. */
    private void awaitSweep(StoredFile file) {
        await().until(() -> {
            chat.time().advance(Duration.ofMinutes(1));
            return store.find(file.id()).isEmpty();
        });
    }

    @Test
    void store_that_hangs_delays_no_messages() {
        CountDownLatch open = new CountDownLatch(1);
        AttachmentStore hanging = (AttachmentStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AttachmentStore.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("close")) {
                        open.await();
                    }
                    return null;
                });
        try (ChatFixture hung = ChatFixture.with(builder -> builder.attachments(hanging))) {
            TestSession user = hung.user("ann");
            Attachment attachment = new Attachment("/api/files/a", null, null, null);
            Answer<SendMessage.Sent> waiting =
                    hung.run(user, SendMessage.of("a", null, MessageType.FILE, "", attachment, null));
            Answer<StartUpload.Started> starting = hung.run(user, start("a", 1));
            hung.send(user, "b", "hello").result();
            assertThat(waiting.count() + starting.count()).isZero();
            hung.time().advance(Duration.ofSeconds(6));
            assertThat(waiting.code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(starting.code()).isEqualTo(ErrorCode.TIMEOUT);
            hung.send(user, "a", "hello").result();
        } finally {
            open.countDown();
        }
    }

    @Test
    void upload_is_the_owners_alone() {
        StoredFile file = uploaded(ann);
        assertThat(chat.run(ann, new GetUpload(file.id())).result().offset()).isEqualTo(SIZE);
        assertThat(refusal(chat.run(bob, new GetUpload(file.id())))).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND);
        assertThat(refusal(chat.run(bob, new CancelUpload(file.id())))).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND);
        chat.run(ann, new CancelUpload(file.id())).result();
        assertThat(store.find(file.id())).isEmpty();
    }

    @Test
    void repeated_start_finds_the_upload() {
        StartUpload start = new StartUpload("g", "plan.pdf", SIZE, null, "my key");
        StoredFile file = chat.run(ann, start).result().file();
        store.append(file.id(), 0, ByteBuffer.allocate(2));
        assertThat(chat.run(ann, start).result().file()).isEqualTo(file);
        assertThat(chat.run(ann, start).result().offset()).isEqualTo(2);
        assertThat(refusal(chat.run(ann, new StartUpload("g", "plan.pdf", SIZE + 1, null, "my key"))))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(chat.run(bob, start).result().file().id()).isNotEqualTo(file.id());
    }

    @Test
    void uploads_are_limited() {
        assertThat(refusal(chat.run(ann, start("g", 101)))).isEqualTo(ErrorCode.FILE_TOO_LARGE);
        assertThat(chat.run(bob, start("g", 1)).result().maxBytes()).isEqualTo(100);
        assertThat(refusal(chat.run(ann, start("private", 1)))).isEqualTo(ErrorCode.FORBIDDEN);
        StoredFile first = chat.run(ann, start("g", 100)).result().file();
        chat.run(ann, start("g", 100)).result();
        assertThat(refusal(chat.run(ann, start("g", 1)))).isEqualTo(ErrorCode.UPLOAD_LIMIT);
        chat.run(ann, new CancelUpload(first.id())).result();
        assertThat(refusal(chat.run(ann, start("g", 51)))).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        chat.run(ann, start("g", 50)).result();
        chat.run(bob, start("g", 100)).result();
    }

    @Test
    void quota_is_that_of_a_day() {
        for (int day = 0; day < 2; day++) {
            for (int i = 0; i < 2; i++) {
                StoredFile file = chat.run(ann, start("g", 100)).result().file();
                chat.run(ann, new CancelUpload(file.id())).result();
            }
            assertThat(refusal(chat.run(ann, start("g", 100)))).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
            chat.time().advance(Duration.ofHours(25));
        }
    }

    @Test
    void without_a_store_uploads_are_not_supported() {
        assertThat(chat.engine().open(TestSession.of("cid")).supports()).containsExactly("files");
        try (ChatFixture plain = ChatFixture.with(builder -> builder)) {
            assertThat(plain.engine().open(TestSession.of("cid")).supports()).isEmpty();
            TestSession user = plain.user("ann");
            assertThat(refusal(plain.run(user, start("g", 1)))).isEqualTo(ErrorCode.NOT_SUPPORTED);
            assertThat(refusal(plain.run(user, new GetFile("a")))).isEqualTo(ErrorCode.NOT_SUPPORTED);
            Attachment attachment = new Attachment("/api/files/of-the-host", null, null, null);
            SendMessage message = SendMessage.of("g", null, MessageType.FILE, "", attachment, null);
            assertThat(plain.run(user, message).result().message().attachment()).isEqualTo(attachment);
        }
    }
}

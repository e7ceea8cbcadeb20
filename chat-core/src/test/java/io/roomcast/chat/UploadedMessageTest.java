package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.GetUpload;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.event.UploadFinished;
import io.roomcast.chat.event.UploadProgress;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadOutcome;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.model.UploadState.Status;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.MessageInterceptor;
import io.roomcast.chat.time.VirtualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files whose messages the chat sends. */
class UploadedMessageTest {
    private static final int SIZE = 4;
    private static final Duration REPEATABLE = Duration.ofMinutes(10);

    private final AttachmentStore files = AttachmentStore.inMemory();
    private final AtomicReference<ErrorCode> fault = new AtomicReference<>();
    private final AtomicReference<Principal> asked = new AtomicReference<>(Principal.anonymous());
    private final List<String> measured = Collections.synchronizedList(new ArrayList<>());
    private final AccessPolicy policy = (request, memberships) -> {
        asked.set(request.principal());
        return AccessPolicy.membersOnly().permits(request, memberships);
    };
    private final MessageInterceptor interceptor = draft -> {
        ErrorCode code = fault.get();
        if (code != null) {
            throw ChatException.of(code);
        }
        return draft;
    };
    private final ChatFixture chat = ChatFixture.with(builder -> builder.attachments(files)
            .accessPolicy(policy)
            .interceptor(interceptor)
            .metrics(new ChatMetrics() {
                @Override
                public void onUpload(UploadOutcome outcome, long bytes) {
                    measured.add(outcome.wireName() + " " + bytes);
                }
            }));
    private final TestSession ann = chat.user("ann");

    @BeforeEach
    void createGroup() {
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private static SendMessage message() {
        return SendMessage.of("g", null, MessageType.FILE, "look", null, null);
    }

    private static StartUpload start(SendMessage message) {
        return new StartUpload("g", "plan.pdf", SIZE, "application/pdf", null, message);
    }

    private StoredFile begin(SendMessage message) {
        return chat.run(ann, start(message)).result().file();
    }

    private void append(StoredFile file) {
        files.append(file.id(), 0, ByteBuffer.allocate(SIZE));
    }

    private StoredFile complete(StoredFile file) {
        append(file);
        return completed(file);
    }

    /** Returns the outcome once the message is published as well, which another thread does after that. */
    private StoredFile completed(StoredFile file) {
        StoredFile completed =
                Answer.of(chat.engine().completeUpload(file.id())).result();
        chat.settle();
        return completed;
    }

    private List<Message> messages() {
        return chat.latest(ann, "g").result().messages();
    }

    private Status status(StoredFile file) {
        return files.find(file.id()).orElseThrow().state().status();
    }

    private List<UploadFinished> ends(TestSession session) {
        return chat.told().toldTo(session).stream()
                .filter(UploadFinished.class::isInstance)
                .map(UploadFinished.class::cast)
                .toList();
    }

    private void sweepUntil(StoredFile file, Status status) {
        await().until(() -> {
            chat.time().advance(Duration.ofMinutes(1));
            return files.find(file.id())
                    .filter(found -> found.state().status() == status)
                    .isPresent();
        });
    }

    @Test
    void message_is_sent_when_the_file_is_complete() {
        TestSession bob = chat.userIn("g", "bob");
        StoredFile file = begin(message());
        append(file);
        assertThat(messages()).isEmpty();
        StoredFile sent = completed(file);
        Message message = messages().get(0);
        assertThat(message.senderId()).isEqualTo("ann");
        assertThat(message.clientMessageId()).isEqualTo(file.id());
        assertThat(message.content()).isEqualTo("look");
        assertThat(message.attachment())
                .isEqualTo(new Attachment(file.url(), "plan.pdf", (long) SIZE, "application/pdf"));
        assertThat(sent.state().status()).isEqualTo(Status.SENT);
        assertThat(sent.state().message()).isNull();
        UploadFinished end = new UploadFinished(
                "g", "ann", file.id(), "plan.pdf", UploadOutcome.SENT, message.id(), file.url(), null);
        assertThat(ends(ann)).containsExactly(end);
        assertThat(ends(bob)).containsExactly(end);
        assertThat(chat.told().messagesTo(bob)).containsExactly(message);
        assertThat(measured).containsExactly("sent " + SIZE);
        assertThat(chat.engine().file(file.id()).id()).isEqualTo(file.id());
    }

    @Test
    void stored_message_keeps_its_file_if_its_user_may_not_send_it_again_after_a_crash() {
        StoredFile file = begin(message());
        StoredFile recorded = complete(file);
        Message message = messages().get(0);
        UploadState sending = file.state().at(Status.SENDING, recorded.state().since());
        StoredFile crashed = recorded.usedBy(new StoredFile.Use(file.id(), message.id(), false))
                .at(sending);
        assertThat(files.update(recorded, crashed)).isTrue();
        fault.set(ErrorCode.FORBIDDEN);
        assertThat(Answer.of(chat.engine().completeUpload(file.id()))
                        .result()
                        .state()
                        .status())
                .isEqualTo(Status.SENT);
        assertThat(files.size(file.id())).isEqualTo(SIZE);
        assertThat(chat.engine().file(file.id()).id()).isEqualTo(file.id());
    }

    @Test
    void upload_ends_some_time_after_its_message_was_sent_also_without_another_one() {
        StoredFile file = begin(message());
        complete(file);
        chat.time().advance(REPEATABLE.plusMinutes(1));
        sweepUntil(file, Status.ENDED);
        assertThat(files.uploadsOf("ann")).isEmpty();
        assertThat(chat.engine().file(file.id()).id()).isEqualTo(file.id());
    }

    @Test
    void without_a_message_only_the_uploader_learns_of_the_end() {
        TestSession bob = chat.userIn("g", "bob");
        StoredFile file = begin(null);
        chat.engine().uploadProgress(file, 1);
        assertThat(complete(file).state().status()).isEqualTo(Status.READY);
        assertThat(ends(ann)).extracting(UploadFinished::outcome).containsExactly(UploadOutcome.READY);
        assertThat(chat.told().toldTo(bob)).isEmpty();
        assertThat(messages()).isEmpty();
        assertThat(measured).containsExactly("ready " + SIZE);
    }

    @Test
    void empty_file_is_sent_when_its_upload_begins() {
        StartUpload empty = new StartUpload("g", "empty.txt", 0, null, null, message());
        assertThat(chat.run(ann, empty).result().file().state().status()).isEqualTo(Status.SENT);
        assertThat(messages()).hasSize(1);
    }

    @Test
    void all_fields_of_the_message_are_sent() {
        Message first = chat.send(ann, "g", "hello").result().message();
        Attachment elsewhere = new Attachment("https://example.com/a.png", "a.png", 7L, "image/png");
        SendMessage message = new SendMessage(
                "g",
                "ann",
                MessageType.CUSTOM,
                "see this",
                List.of(
                        new Attachment(StartUpload.THIS_FILE, "no.exe", 1L, null, 640L, 480L, 9L, "/small.png"),
                        elsewhere),
                "my-key",
                first.id(),
                List.of("bob"),
                "{\"a\":[1]}",
                Duration.ofHours(1),
                1L,
                "plan.v1");
        StoredFile file = begin(message);
        complete(file);
        Message sent = messages().get(1);
        assertThat(sent.clientMessageId()).isEqualTo("my-key");
        assertThat(sent.expiresAt()).isEqualTo(sent.createdAt().plus(Duration.ofHours(1)));
        assertThat(sent.body())
                .isEqualTo(new MessageBody(
                        MessageType.CUSTOM,
                        "see this",
                        List.of(
                                new Attachment(
                                        file.url(),
                                        "plan.pdf",
                                        (long) SIZE,
                                        "application/pdf",
                                        640L,
                                        480L,
                                        9L,
                                        "/small.png"),
                                elsewhere),
                        first.id(),
                        List.of("bob"),
                        "{\"a\":[1]}",
                        "plan.v1"));
    }

    @Test
    void policy_sees_the_principal_that_began_the_upload() {
        Principal principal = new Principal("ann", Map.of("tenant", "blue"), null);
        TestSession session = chat.session(principal);
        StoredFile file = chat.run(session, start(message())).result().file();
        asked.set(Principal.anonymous());
        complete(file);
        assertThat(asked.get()).isEqualTo(principal);
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                invalid("content", ErrorCode.MESSAGE_TOO_LONG, message -> with(message, "x".repeat(100_000), null)),
                invalid("metadata", ErrorCode.INVALID_PAYLOAD, message -> with(message, "x", "[]")),
                invalid("another sender", ErrorCode.FORBIDDEN, message -> message.from("bob")),
                invalid("key", ErrorCode.INVALID_PAYLOAD, message -> message.withClientMessageId("a b")),
                invalid(
                        "type",
                        ErrorCode.INVALID_PAYLOAD,
                        message -> SendMessage.of("g", null, MessageType.SYSTEM, "x", null, null)),
                invalid("mentions", ErrorCode.FORBIDDEN, message -> mentioning(List.of(MessageBody.MENTION_ALL))),
                invalid(
                        "files",
                        ErrorCode.INVALID_PAYLOAD,
                        message -> message.withAttachments(IntStream.range(0, 10)
                                .mapToObj(i -> new Attachment("/a" + i, null, null, null))
                                .toList())));
    }

    private static Arguments invalid(String what, ErrorCode code, UnaryOperator<SendMessage> change) {
        return Arguments.of(what, code, change.apply(message()));
    }

    private static SendMessage with(SendMessage message, String content, String metadata) {
        return new SendMessage(
                "g", null, message.type(), content, List.of(), null, null, List.of(), metadata, null, null, null);
    }

    private static SendMessage mentioning(List<String> users) {
        return new SendMessage("g", null, MessageType.FILE, "x", List.of(), null, null, users, null, null, null, null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void message_is_checked_when_the_upload_begins(String what, ErrorCode code, SendMessage message) {
        TestSession bob = chat.user("bob");
        SendMessage own = what.equals("another sender") ? message.from("ann") : message;
        assertThat(chat.run(bob, start(own)).code()).isEqualTo(code);
        assertThat(files.list("", 10)).isEmpty();
    }

    @Test
    void completion_that_is_repeated_sends_once() {
        StoredFile file = begin(message());
        append(file);
        List<Answer<StoredFile>> answers = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> Answer.of(chat.engine().completeUpload(file.id())))
                .toList();
        answers.forEach(answer -> assertThat(answer.result().state().status()).isEqualTo(Status.SENT));
        assertThat(messages()).hasSize(1);
        assertThat(ends(ann)).hasSize(1);
    }

    @Test
    void two_servers_that_complete_the_same_file_send_once() {
        VirtualTime time = new VirtualTime();
        ChatStore store = ChatStore.inMemory(time.clock());
        UnaryOperator<ChatEngineBuilder> shared =
                builder -> builder.attachments(files).store(store);
        try (ChatFixture first = ChatFixture.with(shared);
                ChatFixture second = ChatFixture.with(shared)) {
            TestSession user = first.user("ann");
            for (int i = 0; i < 20; i++) {
                StoredFile file = first.run(user, start(message())).result().file();
                append(file);
                List.of(first, second).parallelStream()
                        .map(node -> Answer.of(node.engine().completeUpload(file.id())))
                        .toList()
                        .forEach(Answer::result);
                assertThat(status(file)).isEqualTo(Status.SENT);
                assertThat(first.latest(user, "g").result().messages()).hasSize(i + 1);
            }
        }
    }

    /** Whether the server stopped before it recorded the step, or after the message was stored. */
    @ParameterizedTest
    @EnumSource(names = {"OPEN", "CHECKING", "SENDING"})
    void step_that_a_crash_prevented_is_taken_later(Status last) {
        StoredFile file = begin(message());
        append(file);
        StoredFile crashed = file.at(file.state().at(last, file.createdAt()));
        if (last == Status.SENDING) {
            crashed = crashed.usedBy(new StoredFile.Use(file.id(), file.id(), false));
        }
        files.update(file, crashed);
        sweepUntil(file, Status.SENT);
        assertThat(messages()).hasSize(1);
    }

    @Test
    void message_that_was_stored_before_a_crash_is_not_sent_again() {
        StoredFile file = begin(message());
        complete(file);
        StoredFile sent = files.find(file.id()).orElseThrow();
        StoredFile crashed = sent.usedBy(new StoredFile.Use(file.id(), "another id", false))
                .at(file.state().at(Status.SENDING, file.createdAt()));
        files.update(sent, crashed);
        sweepUntil(file, Status.SENT);
        assertThat(messages()).hasSize(1);
        assertThat(files.find(file.id()).orElseThrow().use())
                .isEqualTo(new StoredFile.Use(file.id(), messages().get(0).id(), true));
    }

    @ParameterizedTest
    @EnumSource(names = {"STORAGE_UNAVAILABLE", "TIMEOUT", "UNAVAILABLE"})
    void fault_that_passes_delays_the_message(ErrorCode code) {
        StoredFile file = begin(message());
        fault.set(code);
        assertThat(complete(file).state().status()).isEqualTo(Status.SENDING);
        assertThat(ends(ann)).isEmpty();
        fault.set(null);
        sweepUntil(file, Status.SENT);
        assertThat(messages()).hasSize(1);
    }

    @Test
    void message_that_is_refused_takes_its_file_away() {
        TestSession bob = chat.userIn("g", "bob");
        StoredFile file = begin(message());
        chat.chat().removeMember("g", "ann");
        StoredFile rejected = complete(file);
        assertThat(rejected.state().status()).isEqualTo(Status.REJECTED);
        assertThat(files.size(file.id())).isZero();
        UploadFinished end = new UploadFinished(
                "g", "ann", file.id(), "plan.pdf", UploadOutcome.REJECTED, null, null, ErrorCode.FORBIDDEN);
        assertThat(ends(ann)).containsExactly(end);
        assertThat(ends(bob)).containsExactly(end);
        assertThat(chat.run(ann, new GetUpload(file.id()))
                        .result()
                        .file()
                        .state()
                        .code())
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(measured).containsExactly("rejected " + SIZE);
        await().until(() -> {
            chat.time().advance(Duration.ofMinutes(1));
            return files.find(file.id()).isEmpty();
        });
    }

    @Test
    void another_upload_under_the_same_key_sends_no_second_message() {
        StoredFile first = begin(message().withClientMessageId("key"));
        StoredFile second = begin(message().withClientMessageId("key"));
        complete(first);
        assertThat(complete(second).state().status()).isEqualTo(Status.SENT);
        assertThat(messages()).hasSize(1);
        assertThat(files.size(second.id())).isZero();
        assertThat(chat.run(ann, new GetUpload(second.id())).result().offset()).isEqualTo(SIZE);
        assertThat(ends(ann))
                .extracting(UploadFinished::messageId)
                .containsExactly(messages().get(0).id(), messages().get(0).id());
    }

    @Test
    void request_that_is_repeated_finds_the_upload_for_some_time() {
        StartUpload start = new StartUpload("g", "plan.pdf", SIZE, null, "my key", message());
        StoredFile file = chat.run(ann, start).result().file();
        complete(file);
        StartUpload.Started again = chat.run(ann, start).result();
        assertThat(again.file().id()).isEqualTo(file.id());
        assertThat(again.offset()).isEqualTo(SIZE);
        assertThat(again.expiresAt()).isEqualTo(again.file().state().since().plus(REPEATABLE));
        chat.time().advance(REPEATABLE.plusSeconds(1));
        assertThat(chat.run(ann, start).result().file().id()).isNotEqualTo(file.id());
        assertThat(status(file)).isEqualTo(Status.ENDED);
        assertThat(messages()).hasSize(1);
    }

    @Test
    void upload_is_cancelled_until_its_message_is_sent() {
        TestSession bob = chat.userIn("g", "bob");
        StoredFile open = begin(message());
        chat.run(ann, new CancelUpload(open.id())).result();
        assertThat(ends(ann)).extracting(UploadFinished::outcome).containsExactly(UploadOutcome.CANCELLED);
        assertThat(ends(bob)).isEqualTo(ends(ann));
        StoredFile sending = begin(message());
        fault.set(ErrorCode.UNAVAILABLE);
        complete(sending);
        assertThat(chat.run(ann, new CancelUpload(sending.id())).code()).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void upload_that_is_not_continued_ends() {
        TestSession bob = chat.userIn("g", "bob");
        StoredFile file = begin(message());
        chat.time().advance(Duration.ofHours(26));
        await().until(() -> {
            chat.time().advance(Duration.ofMinutes(1));
            return files.find(file.id()).isEmpty();
        });
        await().until(() -> !ends(bob).isEmpty());
        assertThat(ends(ann)).extracting(UploadFinished::outcome).containsExactly(UploadOutcome.EXPIRED);
    }

    @Test
    void progress_of_an_upload_and_of_a_room_is_limited() {
        TestSession bob = chat.userIn("g", "bob");
        StoredFile first = begin(message());
        StoredFile second = begin(message());
        StoredFile third = begin(message());
        for (int i = 0; i < 100; i++) {
            chat.engine().uploadProgress(first, 1);
            chat.engine().uploadProgress(second, 2);
            chat.engine().uploadProgress(third, 3);
            chat.time().advance(Duration.ofMillis(10));
        }
        List<UploadProgress> received = chat.told().toldTo(bob).stream()
                .filter(UploadProgress.class::isInstance)
                .map(UploadProgress.class::cast)
                .toList();
        assertThat(received).hasSizeBetween(6, 8);
        assertThat(received.stream().filter(event -> event.loaded() == 1)).hasSizeBetween(1, 4);
        assertThat(received.get(0)).isEqualTo(new UploadProgress("g", "ann", first.id(), "plan.pdf", 1, SIZE));
    }
}

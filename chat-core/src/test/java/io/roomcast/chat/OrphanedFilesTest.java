package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.time.VirtualTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a message loses, its file loses, also if the server stops in between. */
class OrphanedFilesTest {
    private static final int SIZE = 3;

    /** The number of files that a server looks at in a minute. */
    private static final int PAGE = 500;

    private final AttachmentStore files = AttachmentStore.inMemory();
    private final AtomicBoolean hasStopped = new AtomicBoolean();
    private final Set<String> damaged = ConcurrentHashMap.newKeySet();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private final ChatStore messages = ChatStore.inMemory(new VirtualTime().clock());

    private interface Loss extends BiConsumer<ChatFixture, Message> {}

    static Stream<Arguments> losses() {
        return Stream.of(
                loss(
                        "the message is deleted",
                        (chat, message) -> chat.run(chat.user("ann"), new DeleteMessage("g", message.id()))
                                .result()),
                loss(
                        "the history is trimmed",
                        (chat, message) -> chat.chat().trim("g", message.seq()).join()),
                loss(
                        "the conversation is deleted",
                        (chat, message) -> chat.chat().deleteConversation("g").join()),
                loss(
                        "the user is erased",
                        (chat, message) -> chat.chat()
                                .eraseUser("ann")
                                .exceptionally(stopped -> null)
                                .join()));
    }

    private static Arguments loss(String what, Loss loss) {
        return Arguments.of(what, loss);
    }

    /** A store of files that deletes nothing once the server counts as stopped, and that no server closes. */
    private AttachmentStore stoppable() {
        return (AttachmentStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AttachmentStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    if (method.getName().equals("delete") && hasStopped.get()) {
                        throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE);
                    }
                    if (List.of("delete", "size").contains(method.getName()) && damaged.contains(arguments[0])) {
                        throw ChatException.of(ErrorCode.STORAGE_UNAVAILABLE);
                    }
                    try {
                        if (List.of("list", "unfinished").contains(method.getName())) {
                            return readable((List<?>) method.invoke(files, arguments));
                        }
                        return method.invoke(files, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    /** Leaves out files as stores do whose facts are damaged. */
    private List<?> readable(List<?> page) {
        return page.stream()
                .filter(file -> !unreadable.contains(((StoredFile) file).id()))
                .toList();
    }

    private ChatFixture server() {
        return ChatFixture.with(builder -> builder.attachments(stoppable()).store(messages));
    }

    private Message sent(ChatFixture chat) {
        chat.chat().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        TestSession ann = chat.user("ann");
        SendMessage message = SendMessage.of("g", null, MessageType.FILE, "", null, null);
        StoredFile file = chat.run(ann, new StartUpload("g", "a.txt", SIZE, null, null, message))
                .result()
                .file();
        files.append(file.id(), 0, ByteBuffer.allocate(SIZE));
        Answer.of(chat.engine().completeUpload(file.id())).result();
        return chat.latest(ann, "g").result().messages().get(0);
    }

    private String fileOf(Message message) {
        return StoredFile.idOf(message.attachments().get(0).fileUrl()).orElseThrow();
    }

    private void awaitDeletion(ChatFixture chat, String fileId) {
        await().until(() -> {
            chat.time().advance(Duration.ofMinutes(1));
            return files.find(fileId).isEmpty();
        });
        assertThat(files.size(fileId)).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void file_is_deleted(String what, Loss loss) {
        try (ChatFixture chat = server()) {
            Message message = sent(chat);
            String fileId = fileOf(message);
            loss.accept(chat, message);
            assertThatThrownBy(() -> chat.engine().file(fileId)).isInstanceOf(ChatException.class);
            awaitDeletion(chat, fileId);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void file_is_deleted_by_the_next_server(String what, Loss loss) {
        String fileId;
        try (ChatFixture chat = server()) {
            Message message = sent(chat);
            fileId = fileOf(message);
            hasStopped.set(true);
            loss.accept(chat, message);
        }
        assertThat(files.find(fileId)).isPresent();
        hasStopped.set(false);
        try (ChatFixture next = server()) {
            next.time().advance(Duration.ofMinutes(11));
            awaitDeletion(next, fileId);
        }
    }

    @Test
    void file_that_cannot_be_deleted_keeps_no_other_one() {
        try (ChatFixture chat = server()) {
            TestSession ann = chat.user("ann");
            List<String> ids = IntStream.range(0, 2)
                    .mapToObj(i -> chat.run(ann, new StartUpload("open", "a.txt", SIZE, null, null))
                            .result()
                            .file()
                            .id())
                    .sorted()
                    .toList();
            damaged.add(ids.get(0));
            chat.time().advance(Duration.ofDays(2));
            awaitDeletion(chat, ids.get(1));
            assertThat(files.find(ids.get(0))).isPresent();
        }
    }

    @Test
    void file_whose_facts_are_damaged_hides_no_later_one() {
        try (ChatFixture chat = server()) {
            Instant begin = chat.time().clock().instant();
            unreadable.add(idOf(0));
            IntStream.range(0, PAGE).forEach(i -> files.create(upload(idOf(i), begin.plus(Duration.ofDays(2)))));
            files.create(upload(idOf(PAGE), begin));
            chat.time().advance(Duration.ofDays(2));
            awaitDeletion(chat, idOf(PAGE));
        }
    }

    @Test
    void upload_whose_facts_are_damaged_hides_no_whole_one() {
        try (ChatFixture chat = server()) {
            Instant begin = chat.time().clock().instant();
            unreadable.add(idOf(0));
            IntStream.rangeClosed(0, PAGE).forEach(i -> files.create(upload(idOf(i), begin)));
            files.append(idOf(PAGE), 0, ByteBuffer.allocate(SIZE));
            await().until(() -> {
                chat.time().advance(Duration.ofMinutes(1));
                return files.find(idOf(PAGE)).orElseThrow().state().status() == UploadState.Status.READY;
            });
        }
    }

    private static String idOf(int number) {
        return String.format("A%04d", number);
    }

    private static StoredFile upload(String id, Instant createdAt) {
        return new StoredFile(id, "open", "ann", "a.txt", SIZE, "text/plain", null, createdAt, null);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void uploads_of_an_erased_user_are_deleted(int bytes, boolean isSentByChat) {
        try (ChatFixture chat = server()) {
            TestSession ann = chat.user("ann");
            SendMessage message = isSentByChat ? SendMessage.text("open", "private words") : null;
            StoredFile file = chat.run(ann, new StartUpload("open", "a.txt", SIZE, null, null, message))
                    .result()
                    .file();
            files.append(file.id(), 0, ByteBuffer.allocate(bytes));
            Answer.of(chat.engine().completeUpload(file.id())).result();
            chat.chat().eraseUser("ann").join();
            assertThat(files.find(file.id())).isEmpty();
        }
    }

    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of(1, false), Arguments.of(1, true), Arguments.of(SIZE, false), Arguments.of(SIZE, true));
    }
}

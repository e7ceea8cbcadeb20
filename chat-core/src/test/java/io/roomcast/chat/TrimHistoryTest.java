package io.roomcast.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.HeldStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TrimHistoryTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HeldStore held = new HeldStore();
    private final ChatFixture fixture = ChatFixture.with(
            builder -> builder.store(held.around(ChatStore.inMemory())).executor(threads));
    private final TestSession ann = fixture.userIn("room", "ann");

    @AfterEach
    void close() {
        fixture.close();
        threads.shutdownNow();
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            fixture.send(fixture.user("bob"), "room", "hello").result();
        }
    }

    private void trim(long upToSeq) {
        fixture.chat().trim("room", upToSeq).orTimeout(20, TimeUnit.SECONDS).join();
    }

    private List<Long> storedSeqs() {
        return seqs(fixture.run(ann, GetMessages.latest("room")).result().messages());
    }

    private static List<Long> seqs(List<Message> messages) {
        return messages.stream().map(Message::seq).toList();
    }

    private static ErrorCode code(CompletableFuture<Void> trimmed) {
        CompletionException failure = catchThrowableOfType(
                CompletionException.class,
                () -> trimmed.orTimeout(20, TimeUnit.SECONDS).join());
        assertThat(failure).isNotNull();
        return ((ChatException) failure.getCause()).code();
    }

    @Test
    void oldest_messages_are_deleted_and_the_sequence_continues() {
        send(4);
        trim(2);
        send(1);
        assertThat(storedSeqs()).containsExactly(3L, 4L, 5L);
    }

    @Test
    void trimming_again_or_beyond_the_head_deletes_what_there_is() {
        send(3);
        trim(2);
        trim(2);
        trim(0);
        assertThat(storedSeqs()).containsExactly(3L);
        trim(100);
        assertThat(storedSeqs()).isEmpty();
        send(1);
        assertThat(storedSeqs()).containsExactly(4L);
    }

    @Test
    void trimming_an_unknown_conversation_has_no_effect() {
        fixture.chat().trim("unknown", 5).orTimeout(20, TimeUnit.SECONDS).join();
        send(1);
        assertThat(storedSeqs()).containsExactly(1L);
    }

    @ParameterizedTest
    @CsvSource({"room, -1", "room, 9007199254740992", "' ', 1"})
    void invalid_call_is_refused(String conversationId, long upToSeq) {
        assertThat(code(fixture.chat().trim(conversationId, upToSeq))).isEqualTo(ErrorCode.INVALID_PAYLOAD);
    }

    @Test
    void message_on_its_way_is_stored_and_sent_before_its_room_is_trimmed() throws InterruptedException {
        HeldStore.Hold hold = held.next("append");
        Answer<SendMessage.Sent> sent = fixture.send(ann, "room", "on its way");
        hold.awaitReached();
        CompletableFuture<Void> trimmed = fixture.chat().trim("room", 1);
        assertThat(trimmed).isNotDone();
        hold.release();
        assertThat(sent.result().message().seq()).isEqualTo(1);
        trimmed.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(seqs(fixture.told().messagesTo(ann))).containsExactly(1L);
        assertThat(storedSeqs()).isEmpty();
    }

    @Test
    void join_that_has_read_trimmed_messages_reads_again() throws InterruptedException {
        send(3);
        TestSession late = fixture.user("late");
        HeldStore.Hold hold = held.next("catchUp");
        Answer<JoinRoom.Joined> joined = fixture.run(late, JoinRoom.after("room", new Position(1, 0)));
        hold.awaitReached();
        trim(2);
        hold.release();
        assertThat(joined.result().position()).isEqualTo(new Position(3, 0));
        assertThat(seqs(requireNonNull(joined.result().missed()).messages())).containsExactly(3L);
    }

    @Test
    void trim_reports_that_the_store_is_unavailable() {
        FailingStore failing = new FailingStore();
        try (ChatFixture chat = ChatFixture.with(builder -> builder.store(failing))) {
            failing.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
            assertThat(code(chat.chat().trim("room", 1))).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
            failing.recover();
            chat.chat().trim("room", 1).orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void trim_that_takes_too_long_times_out() throws InterruptedException {
        HeldStore.Hold hold = held.next("trim");
        CompletableFuture<Void> trimmed = fixture.chat().trim("room", 1);
        hold.awaitReached();
        fixture.time().advance(Duration.ofMinutes(1));
        assertThat(code(trimmed)).isEqualTo(ErrorCode.TIMEOUT);
        hold.release();
    }

    @Test
    void closed_chat_refuses_to_trim() {
        fixture.close();
        assertThat(code(fixture.chat().trim("room", 1))).isEqualTo(ErrorCode.SERVER_DRAINING);
    }
}

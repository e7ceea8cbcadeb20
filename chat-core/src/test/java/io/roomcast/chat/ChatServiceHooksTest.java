package io.roomcast.chat;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.MessageInterceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a host hangs into the way of a message: interceptors before it is stored, listeners after. */
class ChatServiceHooksTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private ChatFixture fixture = ChatFixture.start();
    private TestSession ann = fixture.userIn("room", "ann");

    private void use(MessageInterceptor interceptor) {
        fixture.close();
        fixture = ChatFixture.with(builder -> builder.interceptor(interceptor));
        ann = fixture.userIn("room", "ann");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static MessageDraft copy(MessageDraft draft, String content) {
        return draft.withBody(MessageBody.of(draft.body().type(), content, draft.attachment()));
    }

    private void assertNothingHappened() {
        fixture.settle();
        assertThat(fixture.told().events()).isEmpty();
        assertThat(fixture.latest(ann, "room").result().messages()).isEmpty();
    }

    @Test
    void interceptor_may_change_the_words() {
        use(draft -> copy(draft, draft.content().replace("darn", "****")));
        Message sent = fixture.send(ann, "room", "darn it").result().message();
        assertThat(sent.content()).isEqualTo("**** it");
        fixture.settle();
        assertThat(fixture.told().messagesTo(ann)).containsExactly(sent);
    }

    @Test
    void interceptor_sees_the_message_as_it_would_be_stored() {
        List<MessageDraft> seen = new CopyOnWriteArrayList<>();
        use(draft -> {
            seen.add(draft);
            return draft;
        });
        Message sent = fixture.send(ann, "room", "a\0b").result().message();
        assertThat(seen)
                .singleElement()
                .satisfies(draft -> assertThat(draft.at(1)).isEqualTo(sent));
    }

    @Test
    void interceptor_may_refuse_with_words_of_its_own() {
        use(draft -> {
            throw ChatException.rejected("No adverts, please");
        });
        ChatException refusal = fixture.send(ann, "room", "buy now").refusal();
        assertThat(refusal.code()).isEqualTo(ErrorCode.REJECTED);
        assertThat(refusal.text()).isEqualTo("No adverts, please");
        assertNothingHappened();
    }

    @Test
    void interceptor_that_throws_refuses_and_shows_nothing_of_it() {
        use(draft -> {
            throw new IllegalStateException("password=secret");
        });
        ChatException refusal = fixture.send(ann, "room", "hello").refusal();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertThat(refusal.text()).isEqualTo("Internal error");
        assertNothingHappened();
    }

    @Test
    void interceptor_that_fails_with_an_error_refuses_and_harms_nothing() {
        use(draft -> {
            if (draft.content().equals("deep")) {
                throw new StackOverflowError("a pattern of the host's");
            }
            return draft;
        });
        assertThat(fixture.send(ann, "room", "deep").code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertThat(fixture.send(ann, "room", "flat").result().message().seq()).isEqualTo(1);
    }

    @Test
    void interceptor_that_answers_nothing_refuses() {
        use(draft -> null);
        assertThat(fixture.send(ann, "room", "hello").code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertNothingHappened();
    }

    static Stream<MessageInterceptor> forgers() {
        return Stream.of(
                draft -> identity("other", draft.conversationId(), draft.senderId(), draft.clientMessageId()),
                draft -> identity(draft.id(), "elsewhere", draft.senderId(), draft.clientMessageId()),
                draft -> identity(draft.id(), draft.conversationId(), "bob", draft.clientMessageId()),
                draft -> identity(draft.id(), draft.conversationId(), draft.senderId(), "other"));
    }

    private static MessageDraft identity(String id, String conversationId, String senderId, String key) {
        return new MessageDraft(id, conversationId, senderId, key, MessageBody.text("forged"), NOON);
    }

    @ParameterizedTest
    @MethodSource("forgers")
    void interceptor_that_changes_whose_message_it_is_refuses(MessageInterceptor forger) {
        use(forger);
        assertThat(fixture.send(ann, "room", "hello").code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertThat(fixture.latest(ann, "elsewhere").result().messages()).isEmpty();
        assertNothingHappened();
    }

    static Stream<MessageBody> malformed() {
        return Stream.of(
                MessageBody.text(""),
                MessageBody.text("x".repeat(5_001)),
                MessageBody.text("\ud800"),
                MessageBody.of(MessageType.FILE, "", new Attachment("javascript:alert(1)", null, null, null)));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void interceptor_that_makes_what_no_client_may_send_refuses(MessageBody body) {
        use(draft -> draft.withBody(body));
        assertThat(fixture.send(ann, "room", "hello").code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertNothingHappened();
    }

    @Test
    void interceptor_that_takes_too_long_refuses_and_is_interrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        use(draft -> {
            asked.countDown();
            awaitInterrupt(interrupted);
            return draft;
        });
        // The first join is written after a moment.
        fixture.time().advance(Duration.ofSeconds(1));
        int timers = fixture.time().timers();
        Answer<SendMessage.Sent> sent = fixture.send(ann, "room", "hello");
        asked.await();
        fixture.time().advance(Duration.ofMillis(499));
        assertThat(sent.count()).isZero();
        fixture.time().advance(Duration.ofMillis(1));
        assertThat(sent.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(interrupted.await(20, SECONDS)).isTrue();
        assertThat(fixture.time().timers()).isEqualTo(timers);
        assertNothingHappened();
    }

    private static void awaitInterrupt(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException late) {
            interrupted.countDown();
        }
    }

    @Test
    void messages_that_come_at_once_wait_for_interceptors_that_are_all_busy() {
        CountDownLatch goOn = new CountDownLatch(1);
        use(draft -> {
            awaitQuietly(goOn);
            return draft;
        });
        List<Answer<SendMessage.Sent>> sent = IntStream.range(0, 400)
                .mapToObj(i -> fixture.send(ann, "room-" + i, "hello"))
                .toList();
        assertThat(sent).allSatisfy(answer -> assertThat(answer.count()).isZero());
        goOn.countDown();
        assertThat(sent)
                .allSatisfy(answer -> assertThat(answer.result().duplicate()).isFalse());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, SECONDS);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void interceptor_may_add_an_attachment() {
        Attachment preview = new Attachment("/previews/1", null, null, null);
        use(draft -> draft.withBody(MessageBody.of(draft.body().type(), draft.content(), preview)));
        assertThat(fixture.send(ann, "room", "see this").result().message().attachment())
                .isEqualTo(preview);
    }

    private void listen(ChatListener listener) {
        fixture.close();
        fixture = ChatFixture.with(builder -> builder.listener(listener));
        ann = fixture.userIn("room", "ann");
    }

    /** A listener that records its calls, and the number of deliveries before each. */
    private final class Note implements ChatListener {
        private final List<Message> heard = new CopyOnWriteArrayList<>();
        private final List<Integer> told = new CopyOnWriteArrayList<>();

        @Override
        public void onMessageSent(Message message) {
            told.add(fixture.told().events().size());
            heard.add(message);
        }
    }

    @Test
    void listener_receives_a_message_after_the_room() {
        Note note = new Note();
        listen(note);
        Message sent = fixture.send(ann, "room", "hello").result().message();
        await().until(() -> !note.heard.isEmpty());
        assertThat(note.heard).containsExactly(sent);
        assertThat(note.told).containsExactly(1);
    }

    @Test
    void listener_receives_messages_of_empty_rooms_in_order() {
        Note note = new Note();
        listen(note);
        for (int i = 0; i < 100; i++) {
            fixture.send(ann, "empty", "hello").result();
        }
        await().until(() -> note.heard.size() == 100);
        assertThat(note.heard).extracting(Message::seq).isSorted();
    }

    @Test
    void listener_receives_no_refused_messages() {
        Note note = new Note();
        listen(note);
        fixture.send(ann, "room", "").refusal();
        fixture.send(ann, "room", "hello").result();
        await().until(() -> !note.heard.isEmpty());
        assertThat(note.heard).extracting(Message::content).containsExactly("hello");
    }
}

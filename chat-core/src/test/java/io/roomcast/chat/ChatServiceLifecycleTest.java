package io.roomcast.chat;

import static io.roomcast.chat.fixture.ChatFixture.text;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Principal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChatServiceLifecycleTest {
    private final FailingStore store = new FailingStore();
    private final ChatFixture fixture =
            ChatFixture.with(builder -> builder.store(store).authenticator(token -> Principal.of(token)));
    private final TestSession ann = fixture.user("ann");

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void join_answers_where_the_conversation_stands() {
        fixture.send(ann, "room", "hello").result();
        JoinRoom.Joined joined = fixture.run(ann, JoinRoom.of("room")).result();
        assertThat(joined)
                .isEqualTo(
                        new JoinRoom.Joined("room", store.epoch(), new Position(1, 0), 1, null, 1, false, null, null));
        assertThat(fixture.run(fixture.user("bob"), JoinRoom.of("room"))
                        .result()
                        .online())
                .isEqualTo(2);
    }

    @Test
    void session_that_left_receives_nothing_more() {
        fixture.run(ann, JoinRoom.of("room")).result();
        fixture.run(ann, new LeaveRoom("room")).result();
        fixture.send(ann, "room", "hello").result();
        assertThat(fixture.told().events()).isEmpty();
    }

    /** The second worker is free: were the leave not in order, it would be over before the page is read. */
    @Test
    void leaving_waits_for_messages_on_their_way() {
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try (ChatFixture busy =
                ChatFixture.with(builder -> builder.executor(workers).interceptor(draft -> {
                    awaitQuietly(goOn);
                    return draft;
                }))) {
            TestSession leaving = busy.userIn("room", "ann");
            Answer<SendMessage.Sent> sent = busy.send(leaving, "room", "hello");
            Answer<LeaveRoom.Left> left = busy.run(leaving, new LeaveRoom("room"));
            busy.latest(leaving, "room").result();
            assertThat(left.count()).isZero();
            goOn.countDown();
            assertThat(left.result().conversationId()).isEqualTo("room");
            busy.settle();
            assertThat(busy.told().messagesTo(leaving))
                    .containsExactly(sent.result().message());
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void ended_session_receives_nothing_more_and_joins_nothing() {
        fixture.run(ann, JoinRoom.of("room")).result();
        fixture.engine().close(ann);
        fixture.engine().close(ann);
        fixture.run(ann, JoinRoom.of("room")).result();
        fixture.chat().send("room", NewMessage.system("hello")).join();
        assertThat(fixture.told().events()).isEmpty();
    }

    @Test
    void join_beyond_the_limit_of_rooms_is_refused() {
        IntStream.range(0, 200)
                .forEach(i -> fixture.run(ann, JoinRoom.of("room-" + i)).result());
        assertThat(fixture.run(ann, JoinRoom.of("one-more")).code()).isEqualTo(ErrorCode.ROOM_LIMIT);
        assertThat(fixture.run(ann, JoinRoom.of("room-7")).result().online()).isEqualTo(1);
    }

    @Test
    void join_that_the_store_refuses_leaves_the_session_outside() {
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        assertThat(fixture.run(ann, JoinRoom.of("room")).code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
        store.recover();
        fixture.chat().send("room", NewMessage.system("hello")).join();
        assertThat(fixture.told().toldTo(ann)).isEmpty();
    }

    @Test
    void second_join_that_the_store_refuses_leaves_the_session_inside() {
        fixture.run(ann, JoinRoom.of("room")).result();
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        fixture.run(ann, JoinRoom.of("room")).refusal();
        store.recover();
        fixture.chat().send("room", NewMessage.system("hello")).join();
        assertThat(fixture.told().toldTo(ann)).hasSize(1);
    }

    @Test
    void closed_chat_refuses_every_command() {
        fixture.close();
        assertThat(fixture.send(ann, "room", "hello").code()).isEqualTo(ErrorCode.SERVER_DRAINING);
        assertThat(fixture.run(ann, JoinRoom.of("room")).code()).isEqualTo(ErrorCode.SERVER_DRAINING);
        assertThat(fixture.run(ann, new LeaveRoom("room")).code()).isEqualTo(ErrorCode.SERVER_DRAINING);
        assertThat(fixture.latest(ann, "room").code()).isEqualTo(ErrorCode.SERVER_DRAINING);
    }

    @Test
    void closed_chat_refuses_tokens_pings_and_the_host() {
        fixture.close();
        Answer<Principal> principal = new Answer<>();
        fixture.engine().authenticate("ann", principal);
        assertThat(principal.code()).isEqualTo(ErrorCode.SERVER_DRAINING);
        assertThat(Answer.of(fixture.chat().ping()).code()).isEqualTo(ErrorCode.SERVER_DRAINING);
        assertThat(fixture.chat().send("room", NewMessage.system("hello"))).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void closing_twice_sets_no_timer_and_owes_no_answer() {
        fixture.close();
        fixture.close();
        assertThat(fixture.time().timers()).isZero();
        assertThat(store.closes()).isPositive();
    }

    @Test
    void scheduler_and_executor_of_the_host_are_left_running() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (ChatFixture own = ChatFixture.with(builder -> builder.executor(executor))) {
            own.engine().close();
            assertThat(executor.isShutdown()).isFalse();
            assertThat(own.time().scheduler().isShutdown()).isFalse();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void close_waits_for_commands_on_their_way() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ChatEngine chat = slowChat(started, goOn);
        Answer<SendMessage.Sent> answer = new Answer<>();
        chat.execute(ann, text("room", "hello"), answer);
        assertThat(started.await(20, SECONDS)).isTrue();
        goOn.countDown();
        chat.close(Duration.ofSeconds(20));
        assertThat(answer.count()).isEqualTo(1);
        assertThat(answer.result().message().seq()).isEqualTo(1);
    }

    @Test
    void close_that_runs_out_of_patience_answers_what_is_owed() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ChatEngine chat = slowChat(started, goOn);
        Answer<SendMessage.Sent> answer = new Answer<>();
        chat.execute(ann, text("room", "hello"), answer);
        assertThat(started.await(20, SECONDS)).isTrue();
        chat.close(Duration.ofMillis(20));
        assertThat(answer.count()).isEqualTo(1);
        assertThat(answer.code()).isEqualTo(ErrorCode.TIMEOUT);
        goOn.countDown();
    }

    private static ChatEngine slowChat(CountDownLatch started, CountDownLatch goOn) {
        return ChatEngine.builder()
                .interceptor(draft -> {
                    started.countDown();
                    awaitQuietly(goOn);
                    return draft;
                })
                .build();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void full_conversation_refuses_and_names_a_time_to_wait() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService worker = Executors.newSingleThreadExecutor();
        worker.execute(() -> awaitQuietly(goOn));
        Limits narrow = Limits.builder().queuedPerConversation(2).build();
        try (ChatFixture busy =
                ChatFixture.with(builder -> builder.executor(worker).limits(narrow))) {
            Answer<SendMessage.Sent> first = busy.send(ann, "room", "1");
            Answer<SendMessage.Sent> second = busy.send(ann, "room", "2");
            ChatException refusal = busy.send(ann, "room", "3").refusal();
            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refusal.retryAfter()).isPresent();
            goOn.countDown();
            assertThat(first.result().message().seq()).isEqualTo(1);
            assertThat(second.result().message().seq()).isEqualTo(2);
        } finally {
            worker.shutdownNow();
        }
    }

    @Test
    void ping_reports_whether_the_store_responds() {
        assertThat(fixture.chat().ping()).succeedsWithin(Duration.ofSeconds(20));
        store.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        assertThat(Answer.of(fixture.chat().ping()).code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
    }

    @Test
    void null_is_refused_by_name() {
        Answer<GetMessages.Page> answer = new Answer<>();
        assertThatNullPointerException()
                .isThrownBy(() -> fixture.engine().execute(null, text("room", "hello"), new Answer<>()))
                .withMessage("session");
        assertThatNullPointerException()
                .isThrownBy(() -> fixture.engine().execute(ann, (GetMessages) null, answer))
                .withMessage("command");
        assertThatNullPointerException()
                .isThrownBy(() -> fixture.engine().execute(ann, text("room", "hello"), null))
                .withMessage("reply");
    }
}

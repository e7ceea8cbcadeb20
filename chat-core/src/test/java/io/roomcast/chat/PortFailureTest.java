package io.roomcast.chat;

import static io.roomcast.chat.fixture.ChatFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.ChatStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Host's ports that throw: state is restored, and later commands work. */
@Timeout(60)
class PortFailureTest {
    static Stream<Supplier<Throwable>> failures() {
        return Stream.of(
                () -> new IllegalStateException("as it happens"),
                () -> new RejectedExecutionException("full"),
                () -> new StackOverflowError("deep"),
                () -> new NoClassDefFoundError("gone"),
                () -> new Exception("checked, and thrown all the same"));
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneaky(Throwable failure) throws X {
        throw (X) failure;
    }

    /** An executor that throws each second time, before or after it has taken the task. */
    private record Unreliable(ExecutorService pool, Supplier<Throwable> failure, AtomicInteger count)
            implements Executor {
        @Override
        public void execute(Runnable task) {
            int now = count.incrementAndGet();
            if (now % 3 == 1) {
                throw sneaky(failure.get());
            }
            pool.execute(task);
            if (now % 3 == 2) {
                throw sneaky(failure.get());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void executor_that_throws_now_and_then_loses_nothing_and_does_nothing_twice(Supplier<Throwable> failure) {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Executor unreliable = new Unreliable(pool, failure, new AtomicInteger());
        try (ChatFixture fixture = ChatFixture.with(parts -> parts.executor(unreliable))) {
            TestSession ann = fixture.user("ann");
            for (int round = 0; round < 3; round++) {
                List<Answer<SendMessage.Sent>> sent = IntStream.range(0, 30)
                        .mapToObj(i -> fixture.send(ann, "room-" + i % 3, "hello"))
                        .toList();
                assertThat(sent).allSatisfy(answer -> answer.result());
            }
            assertThat(IntStream.range(0, 3)
                            .mapToObj(i -> fixture.latest(ann, "room-" + i)
                                    .result()
                                    .position()
                                    .seq()))
                    .containsExactly(30L, 30L, 30L);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void kick_is_carried_out_though_the_hosts_pool_is_full() {
        AtomicReference<Boolean> full = new AtomicReference<>(false);
        Executor pool = task -> {
            if (full.get()) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        };
        try (ChatFixture fixture = ChatFixture.with(parts -> parts.executor(pool))) {
            TestSession ann = fixture.userIn("room", "ann");
            full.set(true);
            fixture.chat().kick("room", "ann").join();
            fixture.chat().send("room", NewMessage.system("behind the kick")).join();
            full.set(false);
            assertThat(fixture.told().messagesTo(ann)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reply_that_throws_stops_neither_its_conversation_nor_the_deadlines(Supplier<Throwable> failure) {
        try (ChatFixture fixture = ChatFixture.start()) {
            TestSession ann = fixture.user("ann");
            Reply<SendMessage.Sent> broken = new Reply<>() {
                @Override
                public void succeeded(SendMessage.Sent result) {
                    throw sneaky(failure.get());
                }

                @Override
                public void failed(ChatException refusal) {
                    throw sneaky(failure.get());
                }
            };
            fixture.engine().execute(ann, text("room", "hello"), broken);
            fixture.engine().execute(ann, text("room", ""), broken);
            fixture.time().advance(Duration.ofMinutes(1));
            assertThat(fixture.send(ann, "room", "next").result().message().seq())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void listener_that_throws_receives_the_next_message(Supplier<Throwable> failure) throws Exception {
        CountDownLatch heard = new CountDownLatch(2);
        ChatListener broken = new ChatListener() {
            @Override
            public void onMessageSent(Message message) {
                heard.countDown();
                throw sneaky(failure.get());
            }
        };
        try (ChatFixture fixture = ChatFixture.with(parts -> parts.listener(broken))) {
            TestSession ann = fixture.user("ann");
            fixture.send(ann, "room", "one").result();
            fixture.send(ann, "room", "two").result();
            assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void metrics_that_throw_prevent_neither_storing_nor_sending(Supplier<Throwable> failure) {
        ChatMetrics broken = (ChatMetrics) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ChatMetrics.class}, (proxy, method, arguments) -> {
                    throw failure.get();
                });
        try (ChatFixture fixture = ChatFixture.with(parts -> parts.metrics(broken))) {
            TestSession ann = fixture.userIn("room", "ann");
            Message sent = fixture.send(ann, "room", "hello").result().message();
            assertThat(fixture.told().messagesTo(ann)).containsExactly(sent);
            assertThatNoException().isThrownBy(() -> fixture.engine().metrics().onSlowClient());
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void broadcaster_that_throws_does_not_prevent_an_answer(Supplier<Throwable> failure) {
        try (ChatFixture fixture = ChatFixture.with(parts -> parts.broadcaster((event, recipients) -> {
            throw sneaky(failure.get());
        }))) {
            TestSession ann = fixture.userIn("room", "ann");
            fixture.send(ann, "room", "one").result();
            assertThat(fixture.send(ann, "room", "two").result().message().seq())
                    .isEqualTo(2);
            fixture.chat().revoke("ann").join();
            assertThat(ann.hasEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void limiter_that_throws_refuses_once_and_lets_rooms_be_resumed(Supplier<Throwable> failure) {
        try (ChatFixture fixture = ChatFixture.with(parts -> parts.rateLimiter((caller, command) -> {
            throw sneaky(failure.get());
        }))) {
            fixture.chat().send("room", NewMessage.system("missed")).join();
            TestSession ann = fixture.user("ann");
            Answer<SendMessage.Sent> answer = fixture.send(ann, "room", "hello");
            assertThat(answer.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
            assertThat(answer.count()).isEqualTo(1);
            resume(fixture, ann);
            assertResumed(fixture.told(), ann);
        }
    }

    private static void resume(ChatFixture fixture, TestSession session) {
        String epoch = fixture.engine().open(TestSession.anonymous()).epoch();
        fixture.engine().resume(session, new Resume(epoch, Map.of("room", new Position(0, 0))));
    }

    private static void assertResumed(Recorder told, TestSession session) {
        assertThat(told.toldTo(session)).hasAtLeastOneElementOfType(RoomSynced.class);
    }

    static Stream<Duration> oddWaits() {
        return Stream.of(
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofDays(100_000),
                Duration.ofNanos(-1),
                Duration.ofNanos(1));
    }

    @ParameterizedTest
    @MethodSource("oddWaits")
    void limiter_may_answer_any_wait(Duration wait) {
        try (ChatFixture fixture = ChatFixture.with(parts -> parts.rateLimiter((caller, command) -> wait))) {
            TestSession ann = fixture.user("ann");
            Answer<SendMessage.Sent> answer = fixture.send(ann, "room", "hello");
            if (answer.isRefused()) {
                assertThat(answer.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                assertThat(answer.refusal().retryAfter().orElseThrow()).isBetween(Duration.ZERO, Duration.ofDays(1));
            }
            assertThat(answer.count()).isEqualTo(1);
            assertThatNoException().isThrownBy(() -> resume(fixture, ann));
        }
    }

    @Test
    void limiter_that_answers_nothing_refuses_once() {
        try (ChatFixture fixture = ChatFixture.with(parts -> parts.rateLimiter((caller, command) -> null))) {
            Answer<JoinRoom.Joined> answer = fixture.run(fixture.user("ann"), JoinRoom.of("room"));
            assertThat(answer.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
            assertThat(answer.count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void store_that_throws_anything_refuses_once_and_is_asked_again(Supplier<Throwable> failure) {
        FailingStore store = new FailingStore();
        try (ChatFixture fixture = ChatFixture.with(parts -> parts.store(store))) {
            TestSession ann = fixture.userIn("room", "ann");
            store.failWith(failure);
            Answer<SendMessage.Sent> refused = fixture.send(ann, "room", "hello");
            assertThat(refused.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
            assertThat(refused.count()).isEqualTo(1);
            fixture.time().advance(Duration.ofSeconds(5));
            store.recover();
            assertThat(fixture.send(ann, "room", "next").result().message().seq())
                    .isEqualTo(1);
            assertThat(fixture.told().events())
                    .filteredOn(MessageSent.class::isInstance)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void store_whose_close_throws_leaves_no_thread_timer_or_answer_behind(Supplier<Throwable> failure) {
        ChatStore store = (ChatStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ChatStore.class}, (proxy, method, arguments) -> {
                    throw failure.get();
                });
        ChatFixture fixture = ChatFixture.with(parts -> parts.store(store));
        assertThatNoException().isThrownBy(fixture::close);
        assertThat(fixture.time().timers()).isZero();
        Answer<Principal> late = new Answer<>();
        fixture.engine().authenticate("token", late);
        assertThat(late.count()).isEqualTo(1);
    }
}

package io.roomcast.chat.internal.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.internal.execution.KeyTurns;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.ServiceUnavailableException;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class IsolatedPortTest {
    private static final Duration LIMIT = Duration.ofMillis(500);

    private final VirtualTime time = new VirtualTime();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final IsolatedPort port = new IsolatedPort("test port", 64, LIMIT, new SafeScheduler(time.scheduler()));

    @AfterEach
    void stop() {
        goOn.countDown();
        port.close();
        scheduler.shutdownNow();
    }

    private static ChatException refusal(CompletionStage<?> answer) {
        try {
            return ChatException.from(new AssertionError("answered "
                    + answer.toCompletableFuture()
                            .orTimeout(20, TimeUnit.SECONDS)
                            .join()));
        } catch (CompletionException failure) {
            return ChatException.from(failure);
        }
    }

    /** Blocks, and ignores interrupts. */
    private String hang() {
        boolean over = false;
        while (!over) {
            try {
                goOn.await();
                over = true;
            } catch (InterruptedException ignored) {
                // as host code may do
            }
        }
        return "late";
    }

    @Test
    void result_in_time_is_returned_and_leaves_no_timer() {
        assertThat(port.call("a", () -> "answer").toCompletableFuture().join()).isEqualTo("answer");
        await().until(() -> time.timers() == 0);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IllegalStateException("secret"), ErrorCode.INTERNAL_ERROR),
                Arguments.of(new Exception("secret"), ErrorCode.INTERNAL_ERROR),
                Arguments.of(new StackOverflowError("secret"), ErrorCode.INTERNAL_ERROR),
                Arguments.of(new NoClassDefFoundError("secret"), ErrorCode.INTERNAL_ERROR),
                Arguments.of(new ServiceUnavailableException("secret"), ErrorCode.UNAVAILABLE),
                Arguments.of(ChatException.of(ErrorCode.FORBIDDEN), ErrorCode.FORBIDDEN),
                Arguments.of(new CompletionException(ChatException.of(ErrorCode.BUSY)), ErrorCode.BUSY));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_becomes_a_refusal_without_its_message(Throwable failure, ErrorCode expected) {
        ChatException refusal = refusal(port.call("a", () -> {
            throw sneaky(failure);
        }));
        assertThat(refusal.code()).isEqualTo(expected);
        assertThat(refusal.text()).doesNotContain("secret");
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneaky(Throwable failure) throws X {
        throw (X) failure;
    }

    @Test
    void slow_call_is_interrupted_and_times_out() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CompletionStage<String> answer = port.call("a", () -> {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException over) {
                interrupted.countDown();
            }
            return "late";
        });
        begun.await();
        time.advance(LIMIT.minusMillis(1));
        assertThat(answer.toCompletableFuture()).isNotDone();
        time.advance(Duration.ofMillis(1));
        assertThat(refusal(answer).code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void call_that_times_out_in_the_queue_never_starts() throws Exception {
        IsolatedPort narrow = new IsolatedPort("narrow port", 1, LIMIT, new SafeScheduler(time.scheduler()));
        AtomicInteger made = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CompletionStage<String> hanging = narrow.call("a", () -> {
            begun.countDown();
            return hang();
        });
        begun.await();
        CompletionStage<Integer> waiting = narrow.call("b", made::incrementAndGet);
        time.advance(LIMIT);
        assertThat(refusal(hanging).code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(refusal(waiting).code()).isEqualTo(ErrorCode.TIMEOUT);
        goOn.countDown();
        narrow.call("c", () -> "next").toCompletableFuture().join();
        assertThat(made).hasValue(0);
        narrow.close();
    }

    @Test
    void key_with_hung_calls_is_refused_until_one_returns_and_other_keys_are_not() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        Callable<String> hangs = () -> {
            begun.countDown();
            return hang();
        };
        List<CompletionStage<String>> hanging = List.of(port.call("stuck", hangs), port.call("stuck", hangs));
        begun.await();
        time.advance(LIMIT);
        hanging.forEach(one -> assertThat(refusal(one).code()).isEqualTo(ErrorCode.TIMEOUT));
        CompletionStage<String> again = port.call("stuck", () -> "asked");
        assertThat(again.toCompletableFuture()).isCompletedExceptionally();
        assertThat(port.call("free", () -> "asked").toCompletableFuture().join())
                .isEqualTo("asked");
        goOn.countDown();
        await().until(() -> !port.call("stuck", () -> "asked")
                .toCompletableFuture()
                .handle((answer, failure) -> failure != null)
                .join());
    }

    @Test
    void hung_calls_do_not_delay_those_behind_them() {
        IsolatedPort real = new IsolatedPort("real port", 64, Duration.ofSeconds(30), new SafeScheduler(scheduler));
        IntStream.range(0, 60).forEach(i -> real.call("stuck-" + i, this::hang));
        assertThat(real.call("free", () -> "answer")
                        .toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join())
                .isEqualTo("answer");
        real.close();
    }

    private IsolatedPort fair() {
        return new IsolatedPort("fair port", 8, 2, LIMIT, new SafeScheduler(time.scheduler()));
    }

    private <T> List<CompletionStage<T>> calls(IsolatedPort called, int number, Callable<T> task) {
        return Stream.generate(() -> called.call("busy", task)).limit(number).toList();
    }

    @Test
    void key_with_many_calls_leaves_threads_to_others() {
        IsolatedPort fair = fair();
        AtomicInteger running = new AtomicInteger();
        List<CompletionStage<String>> busy = calls(fair, 50, () -> {
            running.incrementAndGet();
            return hang();
        });
        await().until(() -> running.get() == 2);
        assertThat(fair.call("other", () -> "answer").toCompletableFuture().join())
                .isEqualTo("answer");
        assertThat(running).hasValue(2);
        goOn.countDown();
        busy.forEach(one -> assertThat(one.toCompletableFuture().join()).isEqualTo("late"));
        await().until(() -> time.timers() <= 1);
        fair.close();
    }

    @Test
    void call_that_times_out_before_its_turn_never_starts() throws Exception {
        IsolatedPort fair = fair();
        CountDownLatch begun = new CountDownLatch(2);
        List<CompletionStage<String>> hanging = calls(fair, 2, () -> {
            begun.countDown();
            return hang();
        });
        begun.await();
        AtomicInteger made = new AtomicInteger();
        CompletionStage<Integer> waiting = fair.call("busy", made::incrementAndGet);
        time.advance(LIMIT);
        hanging.forEach(one -> assertThat(refusal(one).code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(refusal(waiting).code()).isEqualTo(ErrorCode.TIMEOUT);
        goOn.countDown();
        await().until(() ->
                !fair.call("busy", () -> "next").toCompletableFuture().isCompletedExceptionally());
        fair.call("busy", () -> "last").toCompletableFuture().join();
        assertThat(made).hasValue(0);
        fair.close();
    }

    @Test
    void calls_that_wait_for_their_turn_are_limited() {
        IsolatedPort fair = fair();
        List<CompletionStage<String>> all = calls(fair, KeyTurns.MAX_WAITING + 3, this::hang);
        assertThat(refusal(all.get(all.size() - 1)).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        goOn.countDown();
        all.subList(0, all.size() - 1)
                .forEach(one -> assertThat(one.toCompletableFuture().join()).isEqualTo("late"));
        fair.close();
    }

    @Test
    void calls_that_wait_for_their_turn_are_rejected_when_the_port_is_closed() {
        IsolatedPort fair = fair();
        List<CompletionStage<String>> all = calls(fair, 5, this::hang);
        fair.close();
        goOn.countDown();
        assertThat(all.get(0).toCompletableFuture().join()).isEqualTo("late");
        assertThat(all.get(1).toCompletableFuture().join()).isEqualTo("late");
        all.subList(2, 5).forEach(one -> assertThat(refusal(one).code()).isEqualTo(ErrorCode.SERVER_DRAINING));
    }

    @Test
    void closed_port_rejects_calls() {
        port.close();
        assertThat(refusal(port.call("a", () -> "answer")).code()).isEqualTo(ErrorCode.SERVER_DRAINING);
    }

    @Test
    void all_of_many_calls_complete() {
        List<CompletableFuture<Integer>> answers = IntStream.range(0, 5_000)
                .mapToObj(i -> port.call("key-" + i, () -> i).toCompletableFuture())
                .toList();
        assertThat(answers).allSatisfy(answer -> answer.get(20, TimeUnit.SECONDS));
        await().until(() -> time.timers() <= 1);
    }
}

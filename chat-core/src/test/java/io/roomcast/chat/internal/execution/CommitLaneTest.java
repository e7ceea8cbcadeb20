package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.fixture.AppendHook;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.spi.AppendResult.Failed;
import io.roomcast.chat.spi.AppendResult.Stored;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.Drafts;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommitLaneTest {
    private final List<Integer> groups = new CopyOnWriteArrayList<>();
    private final List<AppendResult> answers = new CopyOnWriteArrayList<>();
    private volatile AppendHook hook = (drafts, store) -> store.append(drafts);
    private final AtomicLong nanos = new AtomicLong();
    private final CommitLane lane = new CommitLane(
            AppendHook.around(ChatStore.inMemory(), (drafts, store) -> {
                groups.add(drafts.size());
                return hook.append(drafts, store);
            })::append,
            nanos::get);

    private void add(MessageDraft draft) {
        CompletionStage<AppendResult> outcome = lane.add(draft);
        outcome.thenAccept(answers::add);
    }

    private void addTexts(int count) {
        Drafts.texts("room", "ann", count).forEach(this::add);
    }

    private static long seq(AppendResult result) {
        assertThat(result).isInstanceOf(Stored.class);
        return ((Stored) result).message().seq();
    }

    private List<ErrorCode> failures() {
        return answers.stream().map(answer -> ((Failed) answer).cause().code()).toList();
    }

    @Test
    void single_message_is_stored_immediately() {
        addTexts(1);
        lane.run();
        assertThat(groups).containsExactly(1);
        assertThat(answers).hasSize(1);
    }

    @Test
    void waiting_messages_form_one_group_and_are_answered_in_order() {
        addTexts(100);
        lane.run();
        assertThat(groups).containsExactly(100);
        assertThat(answers)
                .map(CommitLaneTest::seq)
                .isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void messages_added_while_a_group_is_stored_form_the_next_one() {
        hook = (drafts, store) -> {
            hook = (later, same) -> same.append(later);
            addTexts(7);
            lane.run();
            return store.append(drafts);
        };
        addTexts(1);
        lane.run();
        assertThat(groups).containsExactly(1, 7);
        assertThat(answers).map(CommitLaneTest::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void group_has_a_maximal_number_of_messages() {
        addTexts(CommitLane.MAX_GROUP_MESSAGES + 1);
        lane.run();
        assertThat(groups).containsExactly(CommitLane.MAX_GROUP_MESSAGES, 1);
    }

    @Test
    void group_has_a_maximal_size_in_bytes() {
        String large = "x".repeat(100_000);
        int fit = (int) (CommitLane.MAX_GROUP_BYTES / 300_000) + 1;
        IntStream.range(0, 2 * fit).forEach(i -> add(Drafts.text("room", "ann", large)));
        lane.run();
        assertThat(groups).containsExactly(fit, fit);
    }

    @Test
    void full_lane_rejects_messages_until_it_was_drained() {
        String large = "x".repeat(100_000);
        ChatException refusal = catchThrowableOfType(
                ChatException.class,
                () -> IntStream.range(0, 100).forEach(i -> add(Drafts.text("room", "ann", large))));
        assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
        lane.run();
        answers.clear();
        addTexts(1);
        lane.run();
        assertThat(answers).hasSize(1);
    }

    @Test
    void one_failing_message_fails_alone() {
        hook = (drafts, store) -> {
            List<AppendResult> results = new ArrayList<>(store.append(drafts.subList(1, 3)));
            results.add(0, new Failed(ChatException.of(ErrorCode.MESSAGE_TOO_LONG)));
            return results;
        };
        addTexts(3);
        lane.run();
        assertThat(answers.get(0)).isInstanceOf(Failed.class);
        assertThat(answers.subList(1, 3)).map(CommitLaneTest::seq).containsExactly(1L, 2L);
    }

    @Test
    void duplicate_is_answered_with_the_stored_message() {
        MessageDraft draft = Drafts.keyed("room", "ann", "key", "hello");
        add(draft);
        add(Drafts.keyed("room", "ann", "key", "again"));
        lane.run();
        Message stored = ((Stored) answers.get(0)).message();
        assertThat(answers.get(1)).isEqualTo(new AppendResult.Duplicate(stored));
    }

    @Test
    void store_that_throws_fails_the_group_and_not_the_lane() {
        hook = (drafts, store) -> {
            throw new StackOverflowError("too deep");
        };
        addTexts(2);
        lane.run();
        assertThat(failures()).containsExactly(ErrorCode.INTERNAL_ERROR, ErrorCode.INTERNAL_ERROR);
        hook = (drafts, store) -> store.append(drafts);
        answers.clear();
        addTexts(1);
        lane.run();
        assertThat(answers).map(CommitLaneTest::seq).containsExactly(1L);
    }

    @Test
    void store_that_returns_too_few_results_fails_the_group() {
        hook = (drafts, store) -> List.of();
        addTexts(2);
        lane.run();
        assertThat(failures()).containsExactly(ErrorCode.INTERNAL_ERROR, ErrorCode.INTERNAL_ERROR);
    }

    @Test
    void messages_that_waited_for_an_unavailable_store_fail_without_another_attempt() {
        hook = (drafts, store) -> {
            addTexts(2);
            throw ChatException.of(ErrorCode.TIMEOUT);
        };
        addTexts(1);
        lane.run();
        assertThat(groups).containsExactly(1);
        assertThat(failures())
                .containsExactly(ErrorCode.TIMEOUT, ErrorCode.STORAGE_UNAVAILABLE, ErrorCode.STORAGE_UNAVAILABLE);
    }

    @Test
    void message_that_is_repeated_after_a_failure_is_tried() {
        hook = (drafts, store) -> {
            hook = (later, same) -> same.append(later);
            throw ChatException.of(ErrorCode.TIMEOUT);
        };
        for (MessageDraft draft : Drafts.texts("room", "ann", 1_000)) {
            lane.add(draft).thenAccept(answer -> {
                assertThat(answer).isInstanceOf(Failed.class);
                add(draft);
            });
        }
        lane.run();
        assertThat(answers)
                .map(CommitLaneTest::seq)
                .isEqualTo(LongStream.rangeClosed(1, 1_000).boxed().toList());
    }

    static Stream<Supplier<List<AppendResult>>> unreadable() {
        return Stream.of(() -> Collections.singletonList(null), () -> new AbstractList<>() {
            @Override
            public AppendResult get(int index) {
                throw new StackOverflowError("too deep");
            }

            @Override
            public int size() {
                return 1;
            }
        });
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void result_that_cannot_be_read_fails_the_group_and_not_the_lane(Supplier<List<AppendResult>> unreadable) {
        hook = (drafts, store) -> unreadable.get();
        addTexts(1);
        lane.run();
        assertThat(failures()).containsExactly(ErrorCode.INTERNAL_ERROR);
        hook = (drafts, store) -> store.append(drafts);
        answers.clear();
        addTexts(1);
        lane.run();
        assertThat(answers).map(CommitLaneTest::seq).containsExactly(1L);
    }

    /** Hangs in a call of the store until it is released. */
    private final class Hanging implements AutoCloseable {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final Thread thread = new Thread(lane);

        Hanging() throws InterruptedException {
            hook = (drafts, store) -> {
                hook = (later, same) -> same.append(later);
                begun.countDown();
                awaitRelease();
                return store.append(drafts);
            };
            addTexts(1);
            thread.start();
            begun.await();
        }

        private void awaitRelease() {
            try {
                released.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }

        @Override
        public void close() {
            released.countDown();
            awaitEnd();
        }

        private void awaitEnd() {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    @SuppressWarnings("try") // a resource is for its end
    void lane_continues_without_a_hung_call() throws InterruptedException {
        try (Hanging ignored = new Hanging()) {
            pass(CommitLane.STORE_TIMEOUT);
            addTexts(3);
            assertThat(failures()).containsExactly(ErrorCode.TIMEOUT);
            answers.clear();
            lane.run();
            assertThat(answers).map(CommitLaneTest::seq).containsExactly(1L, 2L, 3L);
        }
        answers.clear();
        addTexts(1);
        lane.run();
        assertThat(answers).map(CommitLaneTest::seq).containsExactly(5L);
    }

    @Test
    @SuppressWarnings("try") // a resource is for its end
    void lane_waits_for_a_slow_call() throws InterruptedException {
        try (Hanging ignored = new Hanging()) {
            pass(CommitLane.STORE_TIMEOUT.minusMillis(1));
            addTexts(3);
            lane.run();
            assertThat(answers).isEmpty();
        }
        assertThat(answers).map(CommitLaneTest::seq).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    @SuppressWarnings("try") // a resource is for its end
    void hung_calls_hold_few_threads() throws InterruptedException {
        try (Hanging ignored = new Hanging()) {
            pass(CommitLane.STORE_TIMEOUT);
            try (Hanging ignoredToo = new Hanging()) {
                pass(CommitLane.STORE_TIMEOUT);
                try (Hanging ignoredLast = new Hanging()) {
                    pass(CommitLane.STORE_TIMEOUT);
                    answers.clear();
                    addTexts(1);
                    lane.run();
                    assertThat(answers).isEmpty();
                }
                assertThat(answers).hasSize(2).allMatch(Stored.class::isInstance);
            }
        }
        answers.clear();
        try (Hanging ignored = new Hanging()) {
            pass(CommitLane.STORE_TIMEOUT);
            addTexts(1);
            lane.run();
            assertThat(answers).hasSize(2);
        }
    }

    @Test
    void drain_without_messages_does_nothing() {
        lane.run();
        assertThat(groups).isEmpty();
    }
}

package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.testkit.StepExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConversationLanesTest {
    private static final Runnable NOTHING = () -> {};

    private final StepExecutor executor = new StepExecutor();
    private final ConversationLanes lanes = new ConversationLanes(new WorkerPool(executor), 3, 5, id -> {});
    private final List<String> done = new ArrayList<>();

    private Runnable noted(String name) {
        return () -> done.add(name);
    }

    private static ChatException refusal(Runnable attempt) {
        return catchThrowableOfType(ChatException.class, attempt::run);
    }

    @Test
    void lane_runs_its_tasks_in_order_of_arrival() {
        lanes.executeSerially("a", noted("1"));
        lanes.executeSerially("a", noted("2"));
        lanes.executeSerially("a", noted("3"));
        executor.runAll();
        assertThat(done).containsExactly("1", "2", "3");
    }

    @Test
    void lane_uses_one_thread() {
        lanes.executeSerially("a", NOTHING);
        lanes.executeSerially("a", NOTHING);
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void each_conversation_uses_its_own_thread() {
        lanes.executeSerially("a", NOTHING);
        lanes.executeSerially("b", NOTHING);
        assertThat(executor.waiting()).isEqualTo(2);
    }

    @Test
    void task_added_by_a_task_of_its_own_lane_runs_after_it() {
        lanes.executeSerially("a", () -> {
            lanes.executeSerially("a", noted("inner"));
            done.add("outer");
        });
        executor.runAll();
        assertThat(done).containsExactly("outer", "inner");
    }

    @Test
    void full_lane_rejects_tasks_with_a_time_to_wait() {
        IntStream.range(0, 3).forEach(i -> lanes.executeSerially("a", NOTHING));
        ChatException refusal = refusal(() -> lanes.executeSerially("a", NOTHING));
        assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(lanes.load()).isEqualTo(3);
    }

    @Test
    void full_lane_does_not_affect_others() {
        IntStream.range(0, 3).forEach(i -> lanes.executeSerially("a", NOTHING));
        refusal(() -> lanes.executeSerially("a", NOTHING));
        assertThatNoException().isThrownBy(() -> lanes.executeSerially("b", NOTHING));
    }

    @Test
    void all_lanes_together_are_bounded() {
        IntStream.range(0, 5).forEach(i -> lanes.executeSerially("lane-" + i, NOTHING));
        ChatException refusal = refusal(() -> lanes.executeSerially("another", NOTHING));
        assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(refusal(() -> lanes.execute(NOTHING)).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(lanes.load()).isEqualTo(5);
    }

    @Test
    void rejected_tasks_do_not_count() {
        IntStream.range(0, 5).forEach(i -> lanes.executeSerially("lane-" + i, NOTHING));
        refusal(() -> lanes.executeSerially("another", NOTHING));
        executor.runAll();
        assertThat(lanes.load()).isZero();
        IntStream.range(0, 5).forEach(i -> lanes.executeSerially("lane-" + i, NOTHING));
    }

    @Test
    void throwing_task_does_not_stop_its_lane() {
        lanes.executeSerially("a", () -> {
            throw new IllegalStateException("broken");
        });
        lanes.executeSerially("a", noted("next"));
        executor.runAll();
        assertThat(done).containsExactly("next");
        assertThat(lanes.load()).isZero();
    }

    @Test
    void task_that_fails_with_an_error_does_not_stop_its_lane() {
        lanes.executeSerially("a", () -> {
            throw new StackOverflowError("too deep");
        });
        lanes.executeSerially("a", noted("next"));
        executor.runAll();
        assertThat(done).containsExactly("next");
        assertThat(lanes.load()).isZero();
    }

    @Test
    void throwing_task_outside_lanes_is_no_longer_counted() {
        lanes.execute(() -> {
            throw new IllegalStateException("broken");
        });
        executor.runAll();
        assertThat(lanes.load()).isZero();
    }

    @Test
    void rejection_by_the_executor_is_reported_as_draining_and_not_counted() {
        executor.reject(true);
        assertThat(refusal(() -> lanes.executeSerially("a", NOTHING)).code()).isEqualTo(ErrorCode.SERVER_DRAINING);
        assertThat(refusal(() -> lanes.execute(NOTHING)).code()).isEqualTo(ErrorCode.SERVER_DRAINING);
        assertThat(lanes.load()).isZero();
    }

    @Test
    void lane_works_again_once_the_executor_does() {
        executor.reject(true);
        refusal(() -> lanes.executeSerially("a", noted("refused")));
        executor.reject(false);
        lanes.executeSerially("a", noted("taken"));
        executor.runAll();
        assertThat(done).containsExactly("taken");
    }

    @Test
    void rejection_between_turns_is_not_counted() {
        ConversationLanes roomy = new ConversationLanes(new WorkerPool(executor), 100, 100, id -> {});
        IntStream.range(0, 20).forEach(i -> roomy.executeSerially("a", noted("task")));
        executor.reject(true);
        executor.step();
        assertThat(done).hasSize(16);
        assertThat(roomy.load()).isZero();
    }

    @Test
    void busy_lane_yields_to_another() {
        ConversationLanes roomy = new ConversationLanes(new WorkerPool(executor), 100, 100, id -> {});
        IntStream.range(0, 40).forEach(i -> roomy.executeSerially("busy", noted("busy")));
        roomy.executeSerially("quiet", noted("quiet"));
        executor.runAll();
        assertThat(done).hasSize(41);
        assertThat(done.indexOf("quiet")).isEqualTo(16);
    }

    @Test
    void closed_lanes_reject_new_tasks() throws InterruptedException {
        assertThat(lanes.close(Duration.ZERO)).isTrue();
        assertThat(refusal(() -> lanes.executeSerially("a", NOTHING)).code()).isEqualTo(ErrorCode.SERVER_DRAINING);
        assertThat(refusal(() -> lanes.execute(NOTHING)).code()).isEqualTo(ErrorCode.SERVER_DRAINING);
        assertThat(lanes.load()).isZero();
    }

    @Test
    void close_gives_up_after_its_timeout() throws InterruptedException {
        lanes.executeSerially("a", noted("late"));
        assertThat(lanes.close(Duration.ofMillis(20))).isFalse();
        executor.runAll();
        assertThat(done).containsExactly("late");
    }
}

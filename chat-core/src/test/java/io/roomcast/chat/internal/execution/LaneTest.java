package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.testkit.StepExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Checks which tasks wait for messages that are being stored. */
class LaneTest {
    private final StepExecutor executor = new StepExecutor();
    private final List<String> turns = new ArrayList<>();
    private final ConversationLanes lanes = new ConversationLanes(new WorkerPool(executor), 100, 100, turns::add);
    private final List<String> done = new ArrayList<>();
    private final CompletableFuture<Void> stored = new CompletableFuture<>();

    private void commit(String session, String name, CompletableFuture<Void> outcome) {
        lanes.executeSerially("room", LaneTask.message(session, () -> {
            done.add(name);
            return outcome;
        }));
    }

    private void task(String session, String name) {
        task(Waits.forOwnMessages(session), name);
    }

    private void task(Waits waits, String name) {
        lanes.executeSerially("room", LaneTask.step(waits, () -> done.add(name)));
    }

    @Test
    void messages_of_one_session_overlap() {
        commit("ann", "first", stored);
        commit("ann", "second", new CompletableFuture<>());
        executor.runAll();
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void other_task_of_the_session_waits_for_the_message() {
        commit("ann", "message", stored);
        task("ann", "leave");
        executor.runAll();
        assertThat(done).containsExactly("message");
        stored.complete(null);
        executor.runAll();
        assertThat(done).containsExactly("message", "leave");
        assertThat(lanes.load()).isZero();
    }

    @Test
    void other_task_of_the_session_waits_for_all_of_its_messages() {
        commit("ann", "first", stored);
        CompletableFuture<Void> second = new CompletableFuture<>();
        commit("ann", "second", second);
        task("ann", "leave");
        executor.runAll();
        stored.complete(null);
        executor.runAll();
        assertThat(done).doesNotContain("leave");
        second.complete(null);
        executor.runAll();
        assertThat(done).containsExactly("first", "second", "leave");
    }

    @Test
    void failed_message_blocks_no_task() {
        commit("ann", "message", stored);
        task("ann", "leave");
        executor.runAll();
        stored.completeExceptionally(new IllegalStateException("lost"));
        executor.runAll();
        assertThat(done).containsExactly("message", "leave");
        assertThat(lanes.load()).isZero();
    }

    @Test
    void message_that_cannot_start_blocks_no_task() {
        lanes.executeSerially("room", LaneTask.message("ann", () -> {
            throw new IllegalStateException("broken");
        }));
        task("ann", "leave");
        executor.runAll();
        assertThat(done).containsExactly("leave");
        assertThat(lanes.load()).isZero();
    }

    @Test
    void task_of_another_session_does_not_wait() {
        commit("ann", "message", stored);
        task("bob", "type");
        lanes.executeSerially("room", () -> done.add("timer"));
        executor.runAll();
        assertThat(done).containsExactly("message", "type", "timer");
    }

    @Test
    void message_that_is_not_stored_counts_as_load() {
        commit("ann", "message", stored);
        executor.runAll();
        assertThat(lanes.load()).isEqualTo(1);
        stored.complete(null);
        assertThat(lanes.load()).isZero();
    }

    @Test
    void messages_that_are_not_stored_fill_the_lane() {
        ConversationLanes narrow = new ConversationLanes(new WorkerPool(executor), 1, 100, id -> {});
        narrow.executeSerially("room", LaneTask.message("ann", () -> stored));
        executor.runAll();
        assertThat(catchThrowable(() -> narrow.executeSerially("room", () -> {})))
                .isInstanceOf(ChatException.class);
    }

    @Test
    void turn_ends_once_another_thread_may_work_in_the_lane() {
        commit("ann", "message", stored);
        executor.step();
        assertThat(turns).containsExactly("room");
    }

    @Test
    void task_that_waits_for_all_messages_blocks_those_behind_it() {
        commit("ann", "first", stored);
        task(Waits.forAllMessages(), "join");
        commit("bob", "second", new CompletableFuture<>());
        executor.runAll();
        assertThat(done).containsExactly("first");
        stored.complete(null);
        executor.runAll();
        assertThat(done).containsExactly("first", "join", "second");
    }
}

package io.roomcast.chat.internal.presence;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.execution.WorkerPool;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.room.TestPublishers;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.testkit.StepExecutor;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TypingTrackerTest {
    private final VirtualTime time = new VirtualTime();
    private final TestSession ann = TestSession.of("ann");
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private TypingTracker tracker(Executor executor) {
        ConversationLanes lanes = new ConversationLanes(new WorkerPool(executor), 10, 10, id -> {});
        RoomRegistry rooms = new RoomRegistry(10, 200);
        Publisher publisher = TestPublishers.of(rooms, new Recorder(), time);
        return new TypingTracker(
                lanes, publisher, time.clock(), new SafeScheduler(time.scheduler()), Limits.defaults());
    }

    @Test
    void nothing_is_kept_of_users_who_stopped() {
        TypingTracker tracker = tracker(Runnable::run);
        tracker.start("one", "ann", ann);
        tracker.start("two", "ann", ann);
        assertThat(tracker.stop("one", ann)).contains("ann");
        assertThat(tracker.stop("two", ann)).contains("ann");
        assertThat(tracker.stop("two", ann)).isEmpty();
        assertThat(tracker.size()).isZero();
        assertThat(time.timers()).isZero();
    }

    @Test
    void nothing_is_kept_of_users_whose_typing_expired() {
        TypingTracker tracker = tracker(Runnable::run);
        tracker.start("one", "ann", ann);
        time.advance(Duration.ofSeconds(3));
        tracker.start("one", "ann", ann);
        time.advance(Duration.ofSeconds(6));
        assertThat(tracker.size()).isZero();
        assertThat(time.timers()).isZero();
    }

    @Test
    void nothing_is_kept_of_sessions_that_ended() {
        TypingTracker tracker = tracker(Runnable::run);
        tracker.start("one", "ann", ann);
        tracker.start("two", "ann", ann);
        tracker.end(ann);
        assertThat(tracker.size()).isZero();
        assertThat(time.timers()).isZero();
    }

    @Test
    void typing_that_starts_after_its_session_closed_expires() {
        TypingTracker tracker = tracker(Runnable::run);
        tracker.end(ann);
        tracker.start("one", "ann", ann);
        time.advance(Duration.ofSeconds(6));
        assertThat(tracker.size()).isZero();
    }

    @Test
    void nothing_is_kept_if_an_overloaded_server_drops_the_stop() {
        StepExecutor stuck = new StepExecutor();
        TypingTracker tracker = tracker(stuck);
        tracker.start("one", "ann", ann);
        stuck.reject(true);
        time.advance(Duration.ofSeconds(6));
        assertThat(tracker.size()).isZero();
    }

    @Test
    void typing_in_two_conversations_concurrently_loses_neither() throws Exception {
        TypingTracker tracker = tracker(Runnable::run);
        List<Future<?>> lanes = new ArrayList<>();
        lanes.add(threads.submit(() -> startAndStop(tracker, "one")));
        lanes.add(threads.submit(() -> startAndStop(tracker, "two")));
        for (Future<?> lane : lanes) {
            lane.get(20, SECONDS);
        }
        assertThat(tracker.size()).isZero();
    }

    private void startAndStop(TypingTracker tracker, String conversationId) {
        for (int round = 0; round < 20_000; round++) {
            tracker.start(conversationId, "ann", ann);
            assertThat(tracker.stop(conversationId, ann)).contains("ann");
        }
    }
}

package io.roomcast.chat.internal.execution;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.ChatException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConversationLanesConcurrencyTest {
    private static final int SENDERS = 8;
    private static final int TASKS = 2_000;

    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    private final ConversationLanes lanes =
            new ConversationLanes(new WorkerPool(workers), SENDERS * TASKS, SENDERS * TASKS, id -> {});

    @AfterEach
    void stop() {
        senders.shutdownNow();
        workers.shutdownNow();
    }

    /** Identifies a task by its sender and number. */
    private record Mark(int sender, int number) {}

    @Test
    void each_senders_order_holds_in_every_lane() throws Exception {
        List<List<Mark>> seen = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        allSend(sender -> sendMarks(sender, seen));
        await().until(() -> lanes.load() == 0);
        for (List<Mark> lane : seen) {
            assertInOrderOfEachSender(lane);
        }
        assertThat(seen.stream().mapToInt(List::size).sum()).isEqualTo(SENDERS * TASKS);
    }

    /** The lists are not thread-safe: a lane that ran two tasks at the same time would break them. */
    private void sendMarks(int sender, List<List<Mark>> seen) {
        for (int number = 0; number < TASKS; number++) {
            Mark mark = new Mark(sender, number);
            int lane = number % seen.size();
            lanes.executeSerially("lane-" + lane, () -> seen.get(lane).add(mark));
        }
    }

    private static void assertInOrderOfEachSender(List<Mark> lane) {
        for (int sender = 0; sender < SENDERS; sender++) {
            int one = sender;
            assertThat(lane.stream().filter(mark -> mark.sender == one).map(Mark::number))
                    .isSorted();
        }
    }

    @Test
    void lane_never_runs_two_tasks_at_the_same_time() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        allSend(sender -> IntStream.range(0, TASKS)
                .forEach(i -> lanes.executeSerially("one", () -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                })));
        await().until(() -> lanes.load() == 0);
        assertThat(most).hasValue(1);
    }

    @Test
    void different_lanes_run_in_parallel() throws Exception {
        CyclicBarrier meeting = new CyclicBarrier(3);
        lanes.executeSerially("a", () -> meet(meeting));
        lanes.executeSerially("b", () -> meet(meeting));
        meeting.await(20, SECONDS);
        await().until(() -> lanes.load() == 0);
        assertThat(meeting.isBroken()).isFalse();
    }

    private static void meet(CyclicBarrier meeting) {
        try {
            meeting.await(20, SECONDS);
        } catch (Exception alone) {
            throw new IllegalStateException(alone);
        }
    }

    @Test
    void close_waits_for_accepted_tasks() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        lanes.executeSerially("a", () -> {
            started.countDown();
            awaitQuietly(goOn);
        });
        assertThat(started.await(20, SECONDS)).isTrue();
        Future<Boolean> closed = senders.submit(() -> lanes.close(Duration.ofSeconds(20)));
        await().until(() -> isRefused("b"));
        assertThat(closed.isDone()).isFalse();
        goOn.countDown();
        assertThat(closed.get(20, SECONDS)).isTrue();
    }

    private boolean isRefused(String conversationId) {
        try {
            lanes.executeSerially(conversationId, () -> {});
            return false;
        } catch (ChatException draining) {
            return true;
        }
    }

    @Test
    void close_waits_for_a_task_accepted_meanwhile() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            ConversationLanes closing = new ConversationLanes(new WorkerPool(workers), 10, 10, id -> {});
            AtomicInteger ran = new AtomicInteger();
            CyclicBarrier start = new CyclicBarrier(2);
            Future<Boolean> taken = senders.submit(() -> isTaken(closing, start, ran));
            start.await(20, SECONDS);
            assertThat(closing.close(Duration.ofSeconds(20))).isTrue();
            int ranBeforeTheEnd = ran.get();
            assertThat(ranBeforeTheEnd).isEqualTo(taken.get(20, SECONDS) ? 1 : 0);
        }
    }

    private static boolean isTaken(ConversationLanes closing, CyclicBarrier start, AtomicInteger ran) {
        meet(start);
        try {
            closing.executeSerially("a", ran::incrementAndGet);
            return true;
        } catch (ChatException draining) {
            return false;
        }
    }

    private void allSend(IntConsumer sending) throws Exception {
        CyclicBarrier start = new CyclicBarrier(SENDERS);
        List<Future<?>> all = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            int one = sender;
            all.add(senders.submit(() -> {
                meet(start);
                sending.accept(one);
            }));
        }
        for (Future<?> one : all) {
            one.get(20, SECONDS);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

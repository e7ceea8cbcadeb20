package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.testkit.StepExecutor;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WorkerPoolTest {
    /** Runs timers immediately and records their delays. Ignores timers after a number of them. */
    private static final class HastyTimer extends ScheduledThreadPoolExecutor {
        private final List<Long> pauses;
        private final int most;

        HastyTimer(List<Long> pauses, int most) {
            super(1);
            this.pauses = pauses;
            this.most = most;
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long pause, TimeUnit unit) {
            pauses.add(unit.toMillis(pause));
            return super.schedule(pauses.size() < most ? task : () -> {}, 0, unit);
        }
    }

    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ExecutorService fourThreads = Executors.newFixedThreadPool(4);
    private final AtomicInteger woken = new AtomicInteger();
    private final List<Object> done = new CopyOnWriteArrayList<>();
    private final WorkerPool workers = new WorkerPool(task -> {
        woken.incrementAndGet();
        pool.execute(task);
    });

    @AfterEach
    void end() throws InterruptedException {
        loop.shutdownNow();
        pool.shutdownNow();
        fourThreads.shutdownNow();
        assertThat(loop.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        assertThat(fourThreads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tasks_of_one_tick_wake_one_worker_and_run_in_order() throws Exception {
        StepExecutor threads = new StepExecutor();
        inOneTurn(
                new WorkerPool(threads),
                gathering -> IntStream.range(0, 5).forEach(i -> gathering.executeInBatch(() -> done.add(i))));

        loop.submit(() -> {}).get();

        assertThat(threads.waiting()).isEqualTo(1);
        threads.runAll();
        assertThat(done).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void tasks_of_later_ticks_do_not_wait_for_earlier_ones() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        inOneTurn(() -> workers.executeInBatch(() -> waitFor(never)));

        inOneTurn(() -> workers.executeInBatch(() -> done.add("later")));

        await().untilAsserted(() -> assertThat(done).containsExactly("later"));
    }

    @Test
    void hung_task_does_not_delay_others_of_its_tick() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        inOneTurn(() -> {
            IntStream.range(0, 5).forEach(i -> workers.executeInBatch(() -> waitFor(never)));
            workers.executeInBatch(() -> done.add("behind"));
        });

        await().untilAsserted(() -> assertThat(done).containsExactly("behind"));
    }

    @Test
    void failed_task_does_not_affect_others() throws Exception {
        inOneTurn(() -> {
            workers.executeInBatch(() -> {
                throw new IllegalStateException("as it happens");
            });
            workers.executeInBatch(() -> done.add("next"));
        });

        await().untilAsserted(() -> assertThat(done).containsExactly("next"));
    }

    @Test
    void blocking_tasks_run_last_and_once_and_each_on_its_own_worker() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Runnable hangs = () -> waitFor(never);
        Runnable stores = () -> done.add("stored");
        inOneTurn(() -> {
            for (int i = 0; i < 3; i++) {
                workers.executeInBatch(() -> {
                    workers.runOutsideBatch(hangs);
                    workers.runOutsideBatch(stores);
                    done.add("task");
                });
            }
        });

        await().untilAsserted(() -> assertThat(done).containsExactly("task", "task", "task", "stored"));
    }

    @Test
    void hung_task_does_not_delay_blocking_ones() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        inOneTurn(() -> {
            workers.executeInBatch(() -> workers.runOutsideBatch(() -> done.add("stored")));
            workers.executeInBatch(() -> waitFor(never));
        });

        await().untilAsserted(() -> assertThat(done).containsExactly("stored"));
    }

    @Test
    void more_hung_tasks_than_threads_do_not_delay_blocking_ones() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        inOneTurn(new WorkerPool(fourThreads), gathering -> {
            gathering.executeInBatch(() -> gathering.runOutsideBatch(() -> done.add("stored")));
            IntStream.range(0, 20).forEach(i -> gathering.executeInBatch(() -> waitFor(never)));
        });

        await().untilAsserted(() -> assertThat(done).containsExactly("stored"));
    }

    @Test
    void worker_that_was_hung_runs_blocking_tasks_before_the_next_one() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch aWhile = new CountDownLatch(1);
        CountDownLatch allHang = new CountDownLatch(4);
        inOneTurn(new WorkerPool(fourThreads), gathering -> {
            gathering.executeInBatch(() -> {
                allHang.countDown();
                waitFor(aWhile);
                gathering.runOutsideBatch(() -> done.add("stored"));
            });
            IntStream.range(0, 20)
                    .forEach(i -> gathering.executeInBatch(() -> {
                        allHang.countDown();
                        waitFor(never);
                    }));
        });
        allHang.await();

        aWhile.countDown();

        await().untilAsserted(() -> assertThat(done).containsExactly("stored"));
    }

    @Test
    void checks_become_rarer_while_no_worker_starts() throws Exception {
        List<Long> pauses = new CopyOnWriteArrayList<>();
        ScheduledExecutorService hasty = new HastyTimer(pauses, 100);
        StepExecutor busy = new StepExecutor();

        new TaskBatch(List.of(() -> {}, () -> {}), busy).start(hasty);

        await().untilAsserted(() -> assertThat(pauses).hasSize(100));
        hasty.shutdownNow();
        assertThat(pauses).startsWith(1L, 2L, 4L, 8L, 16L, 32L, 64L, 64L).doesNotContain(128L);
    }

    @Test
    void blocking_tasks_run_even_if_no_more_workers_start() throws Exception {
        StepExecutor threads = new StepExecutor();
        inOneTurn(
                new WorkerPool(threads),
                gathering -> IntStream.range(0, 3)
                        .forEach(i -> gathering.executeInBatch(() -> gathering.runOutsideBatch(() -> done.add(i)))));
        loop.submit(() -> {}).get();
        threads.reject(true);

        threads.step();

        assertThat(done).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void batching_thread_does_not_retain_a_closed_chat() throws Exception {
        WeakReference<WorkerPool> gone = gatherAndForget();

        await().untilAsserted(() -> {
            System.gc();
            assertThat(gone.get()).isNull();
        });
    }

    private WeakReference<WorkerPool> gatherAndForget() throws Exception {
        WorkerPool forgotten = new WorkerPool(pool);
        inOneTurn(forgotten, gathering -> gathering.executeInBatch(() -> {}));
        return new WeakReference<>(forgotten);
    }

    @Test
    void thread_without_batching_submits_immediately() {
        workers.executeInBatch(() -> done.add("immediately"));

        assertThat(woken).hasValue(1);
        await().untilAsserted(() -> assertThat(done).containsExactly("immediately"));
    }

    @Test
    void blocking_task_outside_a_batch_runs_immediately() {
        workers.runOutsideBatch(() -> done.add(Thread.currentThread()));

        assertThat(done).containsExactly(Thread.currentThread());
    }

    @Test
    void thread_that_is_shutting_down_submits_immediately() throws Exception {
        inOneTurn(() -> {
            loop.shutdown();
            workers.executeInBatch(() -> done.add("not lost"));
        });

        await().untilAsserted(() -> assertThat(done).containsExactly("not lost"));
    }

    @Test
    void blocking_task_of_another_chat_is_not_part_of_the_batch() throws Exception {
        WorkerPool another = new WorkerPool(fourThreads);
        inOneTurn(() -> workers.executeInBatch(() -> {
            another.runOutsideBatch(() -> done.add("of another chat"));
            done.add("task");
        }));

        await().untilAsserted(() -> assertThat(done).containsExactly("of another chat", "task"));
    }

    private void inOneTurn(Runnable turn) throws Exception {
        inOneTurn(workers, gathering -> turn.run());
    }

    private void inOneTurn(WorkerPool gathering, Consumer<WorkerPool> turn) throws Exception {
        loop.submit(() -> {
                    gathering.batchPerTick(loop);
                    turn.accept(gathering);
                })
                .get();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}

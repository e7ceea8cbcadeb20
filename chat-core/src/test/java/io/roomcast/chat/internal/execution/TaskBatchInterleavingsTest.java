package io.roomcast.chat.internal.execution;

import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checks a batch under all orders of two workers and its timer: each task runs once, and a blocking task runs after it
 * was last appended.
 */
@Tag("interleavings")
public class TaskBatchInterleavingsTest {
    private static final int TASKS = 3;

    private final VirtualTime time = new VirtualTime();
    private final Queue<Runnable> requested = new ConcurrentLinkedQueue<>();
    private final Executor workers = requested::add;
    private final List<AtomicInteger> runs =
            Stream.generate(AtomicInteger::new).limit(TASKS).toList();
    private final AtomicInteger appended = new AtomicInteger();
    private final AtomicInteger covered = new AtomicInteger();

    /** The framework makes one for each run. */
    public TaskBatchInterleavingsTest() {
        List<Runnable> tasks = IntStream.range(0, TASKS)
                .<Runnable>mapToObj(i -> () -> runTask(i))
                .toList();
        new TaskBatch(tasks, workers).start(time.scheduler());
    }

    private void runTask(int i) {
        TaskBatch batch = TaskBatch.current(workers);
        check(batch != null, "a task does not know its batch");
        runs.get(i).incrementAndGet();
        appended.incrementAndGet();
        if (batch != null) {
            batch.addLast(this::block);
        }
    }

    private void block() {
        covered.accumulateAndGet(appended.get(), Math::max);
    }

    @Operation
    public void work() {
        Runnable worker = requested.poll();
        if (worker != null) {
            worker.run();
        }
    }

    @Operation
    public void passTime() {
        time.advance(Duration.ofMillis(2));
    }

    @Validate
    public void validate() {
        while (!requested.isEmpty()) {
            work();
        }
        for (AtomicInteger count : runs) {
            check(count.get() == 1, "a task ran " + count.get() + " times");
        }
        check(covered.get() == appended.get(), "a blocking task did not run after it was appended");
        time.advance(Duration.ofSeconds(1));
        check(time.timers() == 0, "a finished batch has a timer");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Test
    void tasks_run_once_and_blocking_ones_after_them() {
        new ModelCheckingOptions()
                .iterations(8)
                .invocationsPerIteration(60)
                .actorsBefore(0)
                .actorsAfter(0)
                .threads(2)
                .actorsPerThread(3)
                .check(getClass());
    }
}

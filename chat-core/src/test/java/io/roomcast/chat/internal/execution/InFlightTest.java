package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight();

    @Test
    void barrier_without_work_is_complete() {
        assertThat(inFlight.barrier()).isCompleted();
        assertThat(inFlight.barrier()).isCompleted();
    }

    @Test
    void barrier_waits_for_earlier_work_and_not_for_later_work() {
        InFlight.Phase before = inFlight.begin();
        CompletableFuture<Void> settled = inFlight.barrier();
        inFlight.begin();
        assertThat(settled).isNotDone();
        before.end();
        assertThat(settled).isCompleted();
    }

    @Test
    void second_barrier_waits_for_the_work_of_the_first() {
        InFlight.Phase before = inFlight.begin();
        CompletableFuture<Void> first = inFlight.barrier();
        InFlight.Phase between = inFlight.begin();
        CompletableFuture<Void> second = inFlight.barrier();
        between.end();
        assertThat(second).isNotDone();
        before.end();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void many_barriers_complete() {
        for (int i = 0; i < 1_000; i++) {
            inFlight.begin().end();
            assertThat(inFlight.barrier()).isCompleted();
        }
    }
}

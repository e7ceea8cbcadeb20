package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight();

    @Test
    void nothing_on_its_way_is_settled_at_once() {
        assertThat(inFlight.barrier()).isCompleted();
        assertThat(inFlight.barrier()).isCompleted();
    }

    @Test
    void what_began_before_is_waited_for_and_what_begins_later_is_not() {
        InFlight.Phase before = inFlight.begin();
        CompletableFuture<Void> settled = inFlight.barrier();
        inFlight.begin();
        assertThat(settled).isNotDone();
        before.end();
        assertThat(settled).isCompleted();
    }

    @Test
    void who_waits_second_waits_for_what_the_first_waits_for() {
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
    void many_settlings_leave_nothing_behind() {
        for (int i = 0; i < 1_000; i++) {
            inFlight.begin().end();
            assertThat(inFlight.barrier()).isCompleted();
        }
    }
}

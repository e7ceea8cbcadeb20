package io.roomcast.examples.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.examples.benchmarks.load.Sequence.Arrival;
import org.junit.jupiter.api.Test;

class SequenceTest {
    private final Sequence sequence = new Sequence();

    @Test
    void arrival_inOrder() {
        assertThat(sequence.received(0)).isEqualTo(Arrival.IN_ORDER);
        assertThat(sequence.received(1)).isEqualTo(Arrival.IN_ORDER);
        assertThat(sequence.missing(2)).isZero();
    }

    @Test
    void arrival_again() {
        sequence.received(0);

        assertThat(sequence.received(0)).isEqualTo(Arrival.REPEATED);
    }

    @Test
    void arrival_afterALaterOne() {
        sequence.received(2);

        assertThat(sequence.received(1)).isEqualTo(Arrival.LATE);
        assertThat(sequence.received(1)).isEqualTo(Arrival.REPEATED);
        assertThat(sequence.missing(3)).isEqualTo(1);
    }

    @Test
    void missing_withinAndAtTheEnd() {
        sequence.received(0);
        sequence.received(3);

        assertThat(sequence.missing(6)).isEqualTo(4);
    }
}

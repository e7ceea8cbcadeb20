package io.roomcast.examples.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTimesTest {
    @Test
    void times_areBusyOrStolen() {
        ProcessorTimes before = ProcessorTimes.parse("cpu0 100 20 30 5000 700 4 6 50 9 9");
        ProcessorTimes after = ProcessorTimes.parse("cpu0 200 20 30 6000 900 4 6 75 9 9");

        assertThat(before).isEqualTo(new ProcessorTimes(1.6, 0.5));
        assertThat(after.since(before)).isEqualTo(new ProcessorTimes(1, 0.25));
        assertThat(ProcessorTimes.sum(List.of(before, before))).isEqualTo(new ProcessorTimes(3.2, 1));
    }

    @Test
    void processor_mustExist() {
        assertThat(ProcessorTimes.read("0").busy()).isPositive();
        assertThatIllegalArgumentException().isThrownBy(() -> ProcessorTimes.read("9999"));
    }
}

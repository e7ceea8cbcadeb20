package io.roomcast.examples.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessGaugeTest {
    private final ProcessGauge own = new ProcessGauge(ProcessHandle.current().pid());

    @Test
    void time_ofThisProcess() {
        double before = own.cpuSeconds();
        while (own.cpuSeconds() < before + 0.05) {
            Thread.onSpinWait();
        }
        assertThat(own.compilerSeconds()).isLessThanOrEqualTo(own.cpuSeconds());
        assertThat(own.residentKib()).isPositive();
    }

    @Test
    void time_ofOthers_hasThatOfAProcessUnlessItIsSkipped() throws Exception {
        Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try {
            ProcessGauge other = new ProcessGauge(busy.pid());
            while (other.cpuSeconds() < 0.2) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            double with = ProcessGauge.cpuSecondsBeside(List.of());
            double without = ProcessGauge.cpuSecondsBeside(List.of(other));
            assertThat(with).isGreaterThanOrEqualTo(0.2);
            assertThat(without).isLessThan(with + other.cpuSeconds());
        } finally {
            busy.destroyForcibly().waitFor();
        }
    }
}

package io.roomcast.examples.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.examples.benchmarks.scenario.Sample;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 3", "3, 3"})
    void aStarvedMeasurement_isRepeatedTwice(int starved, int measurements) throws Exception {
        int[] calls = {0};
        Sample sample = Attempts.of(() -> sample(calls[0]++ < starved));

        assertThat(calls[0]).isEqualTo(measurements);
        assertThat(sample.starved()).isEqualTo(starved == 3);
    }

    @Test
    void theLastMeasurement_counts() throws Exception {
        Queue<Double> values = new ArrayDeque<>(List.of(1.0, 2.0, 3.0));
        Sample sample = Attempts.of(() -> new Sample(List.of(values.remove()), true, "", ""));

        assertThat(sample.values()).containsExactly(3.0);
    }

    private static Sample sample(boolean starved) {
        return new Sample(List.of(1.0), starved, "", "");
    }
}

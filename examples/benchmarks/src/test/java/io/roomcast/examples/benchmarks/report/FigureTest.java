package io.roomcast.examples.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6.5           | true  | 6.50",
                "6.5 6 7       | true  | 6.50 ±8 %",
                "7 6 6.5       | true  | 6.50 ±8 %",
                "2 4 3 9       | true  | 3.50 ±100 %",
                "5 5 5         | true  | 5.00 ±0 %",
                "0 0 0         | true  | 0.000 ±0 %",
                "0.0834        | true  | 0.083",
                "17.44 17 18   | false | 17.4 ±3 % *",
                "115.4         | false | 115 *",
            })
    void figure_isTheMedianWithItsSpread(String values, boolean reliable, String text) {
        List<Double> numbers =
                Stream.of(values.split(" ", -1)).map(Double::valueOf).toList();

        assertThat(new Figure(numbers, reliable)).hasToString(text);
    }
}

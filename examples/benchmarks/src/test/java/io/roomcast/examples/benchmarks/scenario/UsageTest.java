package io.roomcast.examples.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a full server                             | 1.95 | 1.2 | 0.05 | 0    | true  | false",
                "a full generator                          | 1.1  | 1.9 | 0    | 0    | true  | false",
                "neither is full                           | 1.1  | 1.1 | 0    | 0    | true  | true",
                "neither is full, nor has to be            | 0.4  | 0.3 | 0    | 0    | false | false",
                "another program on the server's processor | 1.6  | 1.9 | 0.3  | 0    | true  | true",
                "another machine on it                     | 1.6  | 1.9 | 0    | 0.3  | true  | true",
                "both, a little                            | 1.6  | 1.9 | 0.12 | 0.12 | true  | true",
                "others, beside a low load                 | 0.4  | 0.3 | 0.3  | 0    | false | true",
            })
    void starved(
            String reason,
            double server,
            double generator,
            double others,
            double stolen,
            boolean saturating,
            boolean expected) {
        Usage usage = new Usage(2, server, 0, generator, others, stolen);

        assertThat(usage.starved(saturating)).as(reason).isEqualTo(expected);
    }
}

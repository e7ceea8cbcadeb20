package io.roomcast.examples.benchmarks.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class StorageTableTest {
    private final Map<Strategy, Figures> measured = new EnumMap<>(Strategy.class);

    @Test
    void table_comparesWithTheNaiveWay() {
        measured.put(Strategy.NAIVE, figures(1_000, 200, 2_000));
        measured.put(Strategy.ROOMCAST, figures(8_000, 80, 800));

        assertThat(StorageTable.lines(new Cell(2, 64, 10), measured).lines())
                .containsExactly(
                        "| 2 | 64 | 10 | naive | 1000 | 0.00 | 0.00 | 200.0 | 0 % | 25 % | 2000 | 2.00 | 0 | 0 | 1.00 | 1.00 |",
                        "| 2 | 64 | 10 | roomcast | 8000 | 0.00 | 0.00 | 10.0 | 0 % | 25 % | 100 | 2.00 | 0 | 0 | 8.00 | 0.05 |");
    }

    @Test
    void table_withoutTheNaiveWay_comparesNothing() {
        measured.put(Strategy.ROOMCAST, figures(8_000, 80, 800));

        assertThat(StorageTable.lines(new Cell(0, 1, 1), measured)).endsWith("| 0 | 0 |  |  |");
    }

    private static Figures figures(long messages, double cpuMillis, long commands) {
        return new Figures(1, messages, cpuMillis, 0, 250, commands, commands / 2, new Histogram(3), 0, 0);
    }
}

package io.roomcast.examples.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table(new Churn(1));

    @Test
    void table_comparesWithTheOthers() {
        table.put(Target.ROOMCAST, ScenarioResult.of(1).with("failed", "%d", 0));
        table.put(Target.NODE, ScenarioResult.of(4));
        table.put(Target.BARE, ScenarioResult.of(0.5));

        assertThat(table.markdown())
                .contains("| Roomcast | 1.00 | 0.25 |  | 2.00 | 0 |")
                .contains("| Node original | 4.00 | 1.00 |  | 8.00 |  |");
    }

    @Test
    void table_reportsAFailure() {
        table.failed(Target.PLAIN, "not done");

        assertThat(table.markdown()).contains("plain netty-socketio: not done");
    }
}

package io.roomcast.examples.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.examples.benchmarks.targets.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Row VISITS = new Row("Visits: s", "cold");
    private static final Row STORED = new Row("Stored: s", "warm");

    private final Figures figures = new Figures(List.of(VISITS, STORED));

    private String markdown(String... faults) {
        return new Report(figures, List.of(faults)).markdown();
    }

    @Test
    void servers_outOfTheBox_areInTheFirstTable_withoutEmptyColumns() {
        figures.add(VISITS, Target.ROOMCAST, 1, true);
        figures.add(VISITS, Target.ROOMCAST, 3, true);
        figures.add(VISITS, Target.ROOMCAST, 2, true);
        figures.add(VISITS, Target.BUN, 4, true);

        assertThat(markdown()).startsWith("""
                        ### Out of the box

                        | lower is better |  | Roomcast, in memory | Bun |
                        |---|---|---:|---:|
                        | Visits: s | cold | 2.00 ±50 % | 4.00 |

                        """);
    }

    @Test
    void proportions_areThoseOfMedians() {
        figures.add(VISITS, Target.ROOMCAST, 1, true);
        figures.add(VISITS, Target.NODE, 4, true);
        figures.add(VISITS, Target.BARE, 0.5, true);

        assertThat(markdown()).contains("| Visits: s | cold | 0.25 | 2.00 |");
    }

    @Test
    void proportions_ofStoring_areThoseOnMongo() {
        figures.add(STORED, Target.ROOMCAST_EMBEDDED, 1, true);
        figures.add(STORED, Target.ROOMCAST_MONGO, 2, true);
        figures.add(STORED, Target.NODE, 4, true);

        assertThat(markdown()).contains("| Stored: s | warm | 0.50 |");
    }

    @Test
    void tuned_servers_areInTheLastTable() {
        figures.add(VISITS, Target.TUNED, 1, true);
        figures.add(VISITS, Target.BARE, 0.5, true);

        assertThat(markdown())
                .contains("| lower is better |  | Roomcast, tuned | bare Netty |")
                .contains("| Visits: s | cold | 1.00 | 0.500 |");
    }

    @Test
    void follower_costsTheProportionToTheSameServerWithoutOne() {
        figures.add(VISITS, Target.KEEPING, 2, true);
        figures.add(VISITS, Target.FOLLOWED, 2.04, true);
        figures.add(STORED, Target.FOLLOWED, 3, true);

        assertThat(markdown())
                .contains("### The cost of a follower")
                .contains("| Visits: s | cold | 1.020 |")
                .doesNotContain("| Stored: s | warm | 1");
    }

    @Test
    void unreliable_figures_areMarked() {
        figures.add(VISITS, Target.ROOMCAST, 1, true);
        assertThat(markdown()).doesNotContain("*").contains("No message was missing");

        figures.add(VISITS, Target.ROOMCAST, 1, false);
        assertThat(markdown("Bun, visits: not done"))
                .contains("| 1.00 ±0 % * |")
                .contains("\\* another program")
                .contains("- Bun, visits: not done")
                .doesNotContain("No message was missing");
    }

    @Test
    void tables_withoutFigures_areLeftOut() {
        figures.add(VISITS, Target.ROOMCAST, 1, true);

        assertThat(markdown())
                .contains("### Out of the box")
                .doesNotContain("÷")
                .doesNotContain("### Tuned");
    }
}

package io.roomcast.examples.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.examples.benchmarks.load.LoadReport;
import io.roomcast.examples.benchmarks.process.ProcessorUse;
import io.roomcast.examples.benchmarks.targets.ClusterTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterReportTest {
    private static final Pattern ROW =
            Pattern.compile("^((\\| (1,000|Saturated)[^|]*\\|[^|]*\\|)|(\\| (Node, [^|÷]*|Roomcast) \\|)).*");

    private final ClusterResults results = new ClusterResults();

    private static LoadReport report(long missing) {
        Histogram latency = new Histogram(3);
        latency.recordValue(1_500_000);
        Histogram crossed = new Histogram(3);
        crossed.recordValue(2_500_000);
        return new LoadReport(1, missing, 0, 0, 0, latency, crossed);
    }

    private static ProcessorUse use(double first, double second, double redis) {
        return new ProcessorUse(4, List.of(first, second, redis, 3.5), 0, 0);
    }

    private List<String> lines(String part) {
        return new ClusterReport(results)
                .markdown()
                .lines()
                .filter(line -> line.contains(part))
                .toList();
    }

    @Test
    void costsAreOfDeliveries_andOfThoseAcross() {
        Deliveries two = new Deliveries(use(2, 1, 0.5), 2, 1_000_000, 500_000, report(0));
        Deliveries one = new Deliveries(new ProcessorUse(4, List.of(2.5, 0.0, 3.5), 0, 0), 1, 1_000_000, 0, report(0));
        results.add(ClusterTarget.ROOMCAST, CrossNodeFanOut.PACED, two);
        results.add(ClusterTarget.ROOMCAST_ONE, CrossNodeFanOut.PACED, one);

        assertThat(lines("a second | nodes together"))
                .containsExactly(
                        "| 1,000 messages a second | nodes together, s / million deliveries | 3.00 | 2.50 |  |  |  |  |  |",
                        "| 1,000 messages a second | nodes together, s / million deliveries | 1.20 |  |  |  |  |  |");
        assertThat(lines("a second | first node")).singleElement().asString().contains("| 4.00 |  |");
        assertThat(lines("a second | second node")).singleElement().asString().contains("| 2.00 |  |");
        assertThat(lines("a second | Redis, s")).singleElement().asString().contains("| 1.00 |  |");
        assertThat(lines("a second | same node, p99"))
                .singleElement()
                .asString()
                .contains("| 1.50 | 1.50 |");
        assertThat(lines("a second | across, p99")).singleElement().asString().contains("| 2.50 |  |");
        assertThat(lines("no message was missing")).hasSize(1);
    }

    @Test
    void documentHasTheShapeOfTheReport() throws IOException {
        String document = Files.readString(Path.of("CLUSTER.md"));
        String figures = document.substring(
                document.indexOf("<!-- cluster figures -->"), document.indexOf("<!-- end of cluster figures -->"));
        String command = ClusterMain.machine(ClusterOptions.parse())
                .lines()
                .filter(line -> line.startsWith("| Roomcast |"))
                .findFirst()
                .orElseThrow();

        assertThat(figures).contains(command);
        assertThat(shape(figures.substring(figures.indexOf("| lower is better"))))
                .containsExactlyElementsOf(shape(new ClusterReport(results).markdown()));
    }

    /** Returns the heads of tables, and of rows the cells that are no figures. */
    private static List<String> shape(String markdown) {
        return markdown.lines()
                .filter(line -> line.startsWith("|"))
                .map(line -> ROW.matcher(line).replaceFirst("$1"))
                .toList();
    }

    @Test
    void lossesAreNamed() {
        results.add(
                ClusterTarget.STREAMS,
                CrossNodeFanOut.SATURATED,
                new Deliveries(use(2, 2, 0.5), 2, 1_000_000, 500_000, report(3)));
        results.add(ClusterTarget.REDIS, Outage.NODE, new Outage.Result(12_000, 340, 0, 1_250));

        assertThat(lines("- Node"))
                .containsExactly("- Node, Redis Streams adapter, Saturated: 3 messages missing, 0 duplicated, 0 out of "
                        + "order, 0 connections lost");
        assertThat(lines("340"))
                .containsExactly(
                        "| Node, Redis adapter |  | 340 of 12,000 missed, 0 twice, 1.3 s without a connection |");
    }

    @ParameterizedTest
    @CsvSource({
        "2,   1.5, 0.5, 1,   0,   true,  true",
        "1,   0.5, 0.5, 3.5, 0,   true,  true",
        "1,   0.5, 0.5, 1,   0,   true,  false",
        "1,   0.5, 0.5, 1,   0,   false, true",
        "2,   1.5, 0.5, 1,   0.5, true,  false",
    })
    void figuresAreReliable_ifNothingElseRan_andTheLoadWasFull(
            double first,
            double second,
            double redis,
            double rest,
            double others,
            boolean saturating,
            boolean reliable) {
        ProcessorUse use = new ProcessorUse(4, List.of(first, second, redis, rest), others, 0);

        assertThat(new Deliveries(use, 2, 1, 1, report(0)).isReliable(saturating))
                .isEqualTo(reliable);
    }
}

package io.roomcast.examples.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.examples.benchmarks.scenario.Sample;
import io.roomcast.examples.benchmarks.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the figures of the document are the output of a run of everything. */
class DocumentTest {
    private static final Pattern FIGURES = Pattern.compile("(?s)<!-- figures -->\n(.*)<!-- end of figures -->");
    private static final Pattern ROW = Pattern.compile("(\\| [^|]* \\| [^|]* \\|).*");
    private static final Pattern FIGURE = Pattern.compile("[\\d,.]+( ±\\d+ %)?( \\*)?|");

    private static String document() throws IOException {
        Matcher figures = FIGURES.matcher(Files.readString(Path.of("README.md")));
        assertThat(figures.find()).isTrue();
        return figures.group(1);
    }

    @Test
    void figures_haveTheShapeOfTheReport() throws IOException {
        RunOptions everything = RunOptions.parse();
        Results results = new Results(everything.scenarios());
        for (Session session : Session.of(everything.scenarios(), everything.targets())) {
            for (Scenario scenario : session.scenarios()) {
                List<Double> values = scenario.units().stream().map(unit -> 1.0).toList();
                results.add(session, scenario, new Sample(values, false, "", ""));
            }
        }

        assertThat(shape(tables(document())))
                .containsExactlyElementsOf(shape(tables(results.report().markdown())));
    }

    @Test
    void figures_areOfTheCommandThatStartsTheServer() throws IOException {
        List<String> machine = Machine.markdown(RunOptions.parse())
                .lines()
                .filter(line -> line.startsWith("| Roomcast |"))
                .toList();

        assertThat(machine).hasSize(1);
        assertThat(document()).contains(machine);
    }

    @Test
    void cells_areFigures() throws IOException {
        assertThat(tables(document())
                        .filter(line -> line.startsWith("| ") && !line.startsWith("| lower"))
                        .filter(line -> !line.startsWith("| Roomcast ÷"))
                        .flatMap(line -> Stream.of(line.split("\\|", -1)).skip(3)))
                .allMatch(cell -> FIGURE.matcher(cell.strip()).matches());
    }

    private static Stream<String> tables(String markdown) {
        return markdown.substring(markdown.indexOf("###")).lines().filter(line -> line.matches("(\\||###).*"));
    }

    /** Returns the headings, the heads of tables, and the first two cells of rows. */
    private static List<String> shape(Stream<String> lines) {
        return lines.map(line -> line.contains("lower is better") || line.contains("÷")
                        ? line
                        : ROW.matcher(line).replaceFirst("$1"))
                .toList();
    }
}

package io.roomcast.examples.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.examples.benchmarks.scenario.Phase;
import io.roomcast.examples.benchmarks.scenario.Scenario;
import io.roomcast.examples.benchmarks.targets.Target;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "roomcast;         idle start cold:fan-out-10 cold:polling warm:fan-out-10,polling",
                "roomcast-mongo;start cold:stored warm:fan-out-10,polling,stored",
                "roomcast-embedded;start cold:stored warm:fan-out-10,polling,stored",
                "node;   idle start cold:fan-out-10 cold:polling cold:stored warm:fan-out-10,polling warm:stored",
                "node-20;idle start warm:fan-out-10,polling",
                "tuned;  idle warm:fan-out-10,polling",
                "bare;   idle warm:fan-out-10",
            })
    void processes_ofAServer(String server, String expected) {
        RunOptions options =
                RunOptions.parse("--servers", server, "--scenarios", "fan-out-10,polling,stored,idle,start");

        assertThat(Session.of(options.scenarios(), options.targets()).stream()
                        .map(SessionTest::text)
                        .collect(Collectors.joining(" ")))
                .satisfies(text -> assertThat(List.of(text.split(" ")))
                        .containsExactlyInAnyOrder(expected.strip().split(" ")));
    }

    private static String text(Session session) {
        String scenarios = session.scenarios().stream().map(Scenario::id).collect(Collectors.joining(","));
        return (session.phase() == Phase.ANY ? "" : session.phase().title() + ":") + scenarios;
    }

    @Test
    void serversOfOneRow_followEachOther() {
        List<Session> sessions = Session.of(
                RunOptions.parse("--scenarios", "visits,fan-out-10").scenarios(),
                List.of(Target.ROOMCAST, Target.NODE, Target.BUN));

        assertThat(sessions.subList(0, 3))
                .allMatch(session -> session.scenarios().equals(sessions.get(0).scenarios()));
        assertThat(sessions).extracting(Session::target).startsWith(Target.ROOMCAST, Target.NODE, Target.BUN);
    }
}

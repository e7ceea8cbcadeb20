package io.roomcast.examples.benchmarks.run;

import io.roomcast.examples.benchmarks.scenario.Phase;
import io.roomcast.examples.benchmarks.scenario.Scenario;
import io.roomcast.examples.benchmarks.targets.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process of a server, and the scenarios in which it is measured. Immutable.
 *
 * @param target the server
 * @param phase when the process is measured
 * @param scenarios the scenarios, one after another; only one unless the process is measured warm
 */
record Session(Target target, Phase phase, List<Scenario> scenarios) {
    /** Returns the sessions of one repetition. Servers that are compared with each other run one after another. */
    static List<Session> of(List<Scenario> scenarios, List<Target> targets) {
        List<Session> sessions = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (Target target : targets) {
                alone(scenario, target).ifPresent(sessions::add);
            }
        }
        targets.forEach(target -> sessions.addAll(warm(scenarios, target)));
        return sessions;
    }

    private static Optional<Session> alone(Scenario scenario, Target target) {
        Phase phase = scenario.cold().contains(target) ? Phase.COLD : scenario.phase();
        return phase != Phase.WARM && scenario.supports(target)
                ? Optional.of(new Session(target, phase, List.of(scenario)))
                : Optional.empty();
    }

    /** Returns one session, or a second one for a server that stores messages only on request. */
    private static List<Session> warm(List<Scenario> scenarios, Target target) {
        List<Scenario> supported = scenarios.stream()
                .filter(scenario -> scenario.phase() == Phase.WARM && scenario.supports(target))
                .toList();
        return target.alwaysStores()
                ? nonEmpty(target, supported)
                : Stream.of(false, true)
                        .map(storing -> supported.stream()
                                .filter(scenario -> scenario.stores() == storing)
                                .toList())
                        .flatMap(chosen -> nonEmpty(target, chosen).stream())
                        .toList();
    }

    private static List<Session> nonEmpty(Target target, List<Scenario> scenarios) {
        return scenarios.isEmpty() ? List.of() : List.of(new Session(target, Phase.WARM, scenarios));
    }

    /** Returns whether the server needs the address of a database. */
    boolean needsDatabase() {
        return target.needsDatabase(scenarios.stream().anyMatch(Scenario::stores));
    }

    /** Returns the name for files and the log. */
    String id() {
        return target.id() + " " + phase.title();
    }

    /** Returns the names of the scenarios for the report. */
    String titles() {
        return scenarios.stream().map(Scenario::title).collect(Collectors.joining("; "));
    }
}

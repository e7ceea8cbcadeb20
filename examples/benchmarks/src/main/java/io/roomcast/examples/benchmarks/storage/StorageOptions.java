package io.roomcast.examples.benchmarks.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The options of the command line.
 *
 * @param databaseCpu the processor for the database and its proxy; empty for any
 * @param folder the folder for their error output
 */
record StorageOptions(
        List<Strategy> strategies,
        List<Integer> roundTrips,
        List<Integer> outstanding,
        List<Integer> rooms,
        Duration warmUp,
        Duration measure,
        String databaseCpu,
        Path folder) {
    private static final Set<String> KNOWN = Set.of(
            "--strategies", "--rtt", "--outstanding", "--rooms", "--warm-up", "--measure", "--server-cpu", "--folder");

    /** Reads pairs of a name and a value. Lists have commas. */
    static StorageOptions parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!KNOWN.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " (expected: one of " + KNOWN + ", and a value)");
            }
            given.put(arguments[i], arguments[i + 1]);
        }
        return of(given);
    }

    private static StorageOptions of(Map<String, String> given) {
        return new StorageOptions(
                strategies(given.getOrDefault("--strategies", "naive,roomcast")),
                numbers(given.getOrDefault("--rtt", "0,2,10")),
                numbers(given.getOrDefault("--outstanding", "1,64,1024")),
                numbers(given.getOrDefault("--rooms", "1,10,1000")),
                Duration.ofSeconds(Long.parseLong(given.getOrDefault("--warm-up", "2"))),
                Duration.ofSeconds(Long.parseLong(given.getOrDefault("--measure", "3"))),
                given.getOrDefault("--server-cpu", ""),
                Path.of(given.getOrDefault("--folder", "target")));
    }

    private static List<Strategy> strategies(String ids) {
        List<String> wanted = List.of(ids.split(",", -1));
        List<String> known = Arrays.stream(Strategy.values()).map(Strategy::id).toList();
        if (!known.containsAll(wanted)) {
            throw new IllegalArgumentException(wanted + " (expected: some of " + known + ")");
        }
        return Arrays.stream(Strategy.values())
                .filter(strategy -> wanted.contains(strategy.id()))
                .toList();
    }

    private static List<Integer> numbers(String list) {
        return Stream.of(list.split(",", -1)).map(Integer::valueOf).toList();
    }

    /** Returns all combinations, those with the shortest delay first. */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int roundTrip : roundTrips) {
            for (int messages : outstanding) {
                rooms.forEach(count -> cells.add(new Cell(roundTrip, messages, count)));
            }
        }
        return cells;
    }
}

package io.roomcast.examples.benchmarks.storage;

import io.roomcast.examples.benchmarks.run.CommandLineOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The options of a storage run. Immutable.
 *
 * @param strategies the ways to store that are measured
 * @param roundTrips the additional round trip times to the database, in milliseconds
 * @param outstanding the numbers of messages in flight
 * @param rooms the numbers of rooms
 * @param warmUp the time before the measurement
 * @param measure the time of the measurement
 * @param databaseCpu the processor to which the database and its proxies are pinned; empty for no pinning
 * @param folder the folder for their standard error
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

    /**
     * Parses a command line. Lists have commas.
     *
     * @throws IllegalArgumentException if an option or a value is unknown
     */
    static StorageOptions parse(String... arguments) {
        CommandLineOptions options = CommandLineOptions.parse(KNOWN, arguments);
        return new StorageOptions(
                options.choices("--strategies", List.of(Strategy.values()), Strategy::id),
                options.numbers("--rtt", "0,2,10"),
                options.numbers("--outstanding", "1,64,1024"),
                options.numbers("--rooms", "1,10,1000"),
                options.seconds("--warm-up", 2),
                options.seconds("--measure", 3),
                options.text("--server-cpu", ""),
                options.folder("--folder", "target"));
    }

    /** Returns all combinations, ordered by round trip time. */
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

package io.roomcast.examples.benchmarks.followers;

import io.roomcast.examples.benchmarks.run.CommandLineOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The options of a run. Immutable.
 *
 * @param stores where the messages are stored
 * @param messages the number of messages that the follower has missed
 * @param conversations the numbers of conversations over which they are spread
 * @param repetitions the number of measurements, of which the median is reported
 * @param databaseCpu the processor to which the database is pinned; empty for no pinning
 * @param folder the folder for its data and standard error
 */
record FollowersOptions(
        List<Storage> stores,
        int messages,
        List<Integer> conversations,
        int repetitions,
        String databaseCpu,
        Path folder) {
    private static final Set<String> KNOWN =
            Set.of("--stores", "--messages", "--conversations", "--repeat", "--server-cpu", "--folder");

    /**
     * Parses a command line. Lists have commas.
     *
     * @throws IllegalArgumentException if an option or a value is unknown
     */
    static FollowersOptions parse(String... arguments) {
        CommandLineOptions options = CommandLineOptions.parse(KNOWN, arguments);
        return new FollowersOptions(
                options.choices("--stores", List.of(Storage.values()), Storage.usual(), Storage::id),
                options.number("--messages", 1_000_000),
                options.numbers("--conversations", "1,100"),
                options.number("--repeat", 3),
                options.text("--server-cpu", ""),
                options.folder("--folder", "target"));
    }
}

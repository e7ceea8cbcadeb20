package io.roomcast.examples.benchmarks.cluster;

import io.roomcast.examples.benchmarks.process.ServerProcess;
import io.roomcast.examples.benchmarks.targets.ClusterTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** An outage while stock clients on both nodes send 200 messages a second. */
enum Outage {
    /** Redis is killed, and started again without data. */
    REDIS("Redis killed, and empty a second later") {
        @Override
        void happen(Redis redis, Nodes nodes) throws IOException, InterruptedException {
            redis.kill();
            TimeUnit.SECONDS.sleep(1);
            redis.restart();
        }
    },
    /** A node is killed, and its clients connect to the other one. */
    NODE("A node killed") {
        @Override
        void happen(Redis redis, Nodes nodes) {
            nodes.killLast();
        }
    };

    private static final long BEFORE_MILLIS = 2_000;
    private static final long AFTER_MILLIS = 4_000;
    private static final Pattern RESULT = Pattern.compile("result (\\d+) (\\d+) (\\d+) (\\d+)");

    private final String title;

    Outage(String title) {
        this.title = title;
    }

    abstract void happen(Redis redis, Nodes nodes) throws IOException, InterruptedException;

    /** Returns the name in the report. */
    String title() {
        return title;
    }

    /**
     * What clients have missed. Immutable.
     *
     * @param deliveries the number of messages that any client received, times the number of clients
     * @param missed the number of these that did not happen
     * @param repeated the number of those that happened more than once
     * @param awayMillis the longest time of a client without a connection
     */
    record Result(long deliveries, long missed, long repeated, long awayMillis) {
        /** Returns the text for the report. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d of %,d missed, %,d twice, %.1f s without a connection",
                    missed,
                    deliveries,
                    repeated,
                    awayMillis / 1e3);
        }
    }

    /** Runs clients through the outage. Blocks for about 15 s. */
    Result run(Redis redis, Nodes nodes, Path folder) throws IOException, InterruptedException {
        try (ServerProcess clients =
                ServerProcess.start(ClusterTarget.outageClients(nodes.urls()), folder.resolve("clients.log"))) {
            TimeUnit.MILLISECONDS.sleep(BEFORE_MILLIS);
            happen(redis, nodes);
            TimeUnit.MILLISECONDS.sleep(AFTER_MILLIS);
            MatchResult result = clients.ask("end", RESULT);
            return new Result(number(result, 1), number(result, 2), number(result, 3), number(result, 4));
        }
    }

    private static long number(MatchResult result, int group) {
        return Long.parseLong(result.group(group));
    }
}

package io.roomcast.examples.benchmarks.targets;

import io.roomcast.examples.benchmarks.process.Launch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The bundled server, started from the repository's root by the command of the README. */
final class BundledServer {
    private static final List<String> COMMAND = List.of("examples/chat-server/chat-server.sh");

    /** A free port, and no limit that one machine with all clients would reach. Every other setting is the default. */
    private static final Map<String, String> LOAD_TEST =
            Map.of("SOCKET_PORT", "0", "CHAT_RATE_LIMITS", "off", "CHAT_PACKETS_PER_SECOND", "10000000");

    private static final Pattern READY = Pattern.compile("Roomcast is ready: http://[^/]*:(\\d+)/");

    private BundledServer() {}

    static Launch inMemory(List<String> jvmOptions) {
        return launch(jvmOptions, Map.of("CHAT_STORE", "memory"));
    }

    static Launch embedded(List<String> jvmOptions, Path data) {
        return launch(jvmOptions, Map.of("CHAT_DATA_DIR", data.toString()));
    }

    static Launch onMongo(List<String> jvmOptions, String uri) {
        return launch(jvmOptions, Map.of("MONGODB_URI", uri));
    }

    /** Returns the way to start one of several nodes. */
    static Launch inCluster(List<String> jvmOptions, String databaseUri, String redisUri, String node) {
        return launch(jvmOptions, Map.of("MONGODB_URI", databaseUri, "CHAT_CLUSTER", redisUri, "CHAT_NODE", node));
    }

    private static Launch launch(List<String> jvmOptions, Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(LOAD_TEST);
        environment.putAll(more);
        if (!jvmOptions.isEmpty()) {
            environment.put("JAVA_OPTS", String.join(" ", jvmOptions));
        }
        return new Launch(COMMAND, environment, READY, false);
    }
}

package io.roomcast.examples.benchmarks.storage;

import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.roomcast.examples.benchmarks.run.JavaCommand;
import io.roomcast.examples.benchmarks.run.ProcessGauge;
import io.roomcast.examples.benchmarks.run.ServerProcess;
import io.roomcast.examples.benchmarks.server.DatabaseServer;
import io.roomcast.examples.benchmarks.server.DelayProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database in a process of its own, at several distances; for one thread. */
final class Databases implements AutoCloseable {
    /** What a cell stores fits in beside little garbage, so that what is measured are not its collections. */
    private static final List<String> HEAP = List.of("-Xms3g", "-Xmx3g", "-Xmn2g", "-XX:+AlwaysPreTouch");

    private final StorageOptions options;
    private final ServerProcess database;
    private final Map<Integer, ServerProcess> proxies = new HashMap<>();

    Databases(StorageOptions options) throws IOException {
        this.options = options;
        this.database = start(JavaCommand.of(DatabaseServer.class, HEAP), "database");
    }

    private ServerProcess start(List<String> command, String name) throws IOException {
        Path complaints = Files.createDirectories(options.folder()).resolve(name + ".log");
        return ServerProcess.start(JavaCommand.on(options.databaseCpu(), command), complaints);
    }

    /** A client whose every round trip takes so much longer. */
    MongoClient at(int roundTripMillis, CommandCount commands) throws IOException {
        InetSocketAddress address = roundTripMillis == 0
                ? database.address()
                : proxy(roundTripMillis).address();
        ServerAddress server = new ServerAddress(address.getHostString(), address.getPort());
        return MongoClients.create(MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.hosts(List.of(server)))
                .addCommandListener(commands)
                .build());
    }

    /** Lets the database forget what was dropped; returns when it has. */
    void collectGarbage() throws IOException {
        database.collectGarbage();
    }

    ProcessGauge gauge() {
        return database.gauge();
    }

    private ServerProcess proxy(int roundTripMillis) throws IOException {
        ServerProcess known = proxies.get(roundTripMillis);
        if (known != null) {
            return known;
        }
        String port = String.valueOf(database.address().getPort());
        List<String> command =
                JavaCommand.of(DelayProxy.class, List.of("-Xmx256m"), port, String.valueOf(roundTripMillis));
        ServerProcess proxy = start(command, "proxy-" + roundTripMillis);
        proxies.put(roundTripMillis, proxy);
        return proxy;
    }

    @Override
    public void close() {
        proxies.values().forEach(ServerProcess::close);
        database.close();
    }
}

package io.roomcast.examples.benchmarks.storage;

import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.roomcast.examples.benchmarks.process.JavaCommand;
import io.roomcast.examples.benchmarks.process.Launch;
import io.roomcast.examples.benchmarks.process.ProcessGauge;
import io.roomcast.examples.benchmarks.process.ServerProcess;
import io.roomcast.examples.benchmarks.server.DatabaseServer;
import io.roomcast.examples.benchmarks.server.DelayProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts a database in a separate process, with proxies that delay its replies. For one thread. */
final class Databases implements AutoCloseable {
    /** A heap that is large enough for one measurement, so that garbage collections do not distort it. */
    private static final List<String> HEAP = List.of("-Xms3g", "-Xmx3g", "-Xmn2g", "-XX:+AlwaysPreTouch");

    private final StorageOptions options;
    private final ServerProcess database;
    private final Map<Integer, ServerProcess> proxies = new HashMap<>();

    Databases(StorageOptions options) throws IOException {
        this.options = options;
        this.database = start(JavaCommand.of(DatabaseServer.class, HEAP), "database");
    }

    private ServerProcess start(Launch launch, String name) throws IOException {
        Path errorLog = Files.createDirectories(options.folder()).resolve(name + ".log");
        return ServerProcess.start(launch.on(options.databaseCpu()), errorLog);
    }

    /** Returns a client whose round trips take longer by the given time. */
    MongoClient connect(int roundTripMillis, CommandCount commands) throws IOException {
        InetSocketAddress address = roundTripMillis == 0
                ? database.address()
                : proxy(roundTripMillis).address();
        ServerAddress server = new ServerAddress(address.getHostString(), address.getPort());
        return MongoClients.create(MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.hosts(List.of(server)))
                .addCommandListener(commands)
                .build());
    }

    /** Makes the database collect its garbage. Blocks until it has. */
    void collectGarbage() throws IOException, InterruptedException {
        database.collectGarbage();
    }

    /** Returns a gauge for the database's process. */
    ProcessGauge gauge() {
        return database.gauge();
    }

    private ServerProcess proxy(int roundTripMillis) throws IOException {
        ServerProcess running = proxies.get(roundTripMillis);
        if (running != null) {
            return running;
        }
        String port = String.valueOf(database.address().getPort());
        Launch launch = JavaCommand.of(DelayProxy.class, List.of("-Xmx256m"), port, String.valueOf(roundTripMillis));
        ServerProcess proxy = start(launch, "proxy-" + roundTripMillis);
        proxies.put(roundTripMillis, proxy);
        return proxy;
    }

    @Override
    public void close() {
        proxies.values().forEach(ServerProcess::close);
        database.close();
    }
}

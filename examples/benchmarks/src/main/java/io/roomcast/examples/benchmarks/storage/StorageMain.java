package io.roomcast.examples.benchmarks.storage;

import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.bson.Document;

/** Measures all cells with all strategies, one after another, each in a separate database. */
public final class StorageMain {
    private static final Cell WARM_UP_CELL = new Cell(0, 64, 10);
    private static final Duration WARM_UP_TIME = Duration.ofSeconds(5);
    private static final int PINGS = 101;

    private final StorageOptions options;
    private final Databases databases;

    private StorageMain(StorageOptions options, Databases databases) {
        this.options = options;
        this.databases = databases;
    }

    /** Runs the measurement and prints Markdown; see {@link StorageOptions} for the arguments. */
    public static void main(String[] arguments) throws Exception {
        StorageOptions options = StorageOptions.parse(arguments);
        try (Databases databases = new Databases(options)) {
            new StorageMain(options, databases).run();
        }
    }

    private void run() throws Exception {
        warmUp();
        for (int roundTrip : options.roundTrips()) {
            System.out.printf(Locale.ROOT, "A ping at RTT %d ms takes %.2f ms.%n", roundTrip, pingMillis(roundTrip));
        }
        System.out.println("\n" + StorageTable.HEAD);
        for (Cell cell : options.cells()) {
            Map<Strategy, Figures> measured = new EnumMap<>(Strategy.class);
            for (Strategy strategy : options.strategies()) {
                measured.put(strategy, measure(cell, strategy, options.warmUp()));
            }
            System.out.println(StorageTable.lines(cell, measured));
        }
    }

    /** Lets the compilers optimize all code that is measured. */
    private void warmUp() throws Exception {
        for (Strategy strategy : options.strategies()) {
            measure(WARM_UP_CELL, strategy, WARM_UP_TIME);
        }
    }

    private Figures measure(Cell cell, Strategy strategy, Duration warmUpTime)
            throws IOException, InterruptedException, TimeoutException {
        databases.collectGarbage();
        CommandCount commands = new CommandCount();
        String name = strategy.id();
        try (MongoClient client = databases.connect(cell.roundTripMillis(), commands)) {
            Figures figures;
            try (MessageWriter writer = strategy.open(client, name)) {
                writer.prepare(cell.roomIds());
                sendFirstMessages(writer, cell);
                ClosedLoad load = new ClosedLoad(writer, cell);
                figures = new Measurement(load, commands, databases.gauge()).run(warmUpTime, options.measure());
            }
            long gaps = StoredSequences.read(client, name).roomsWithGaps();
            client.getDatabase(name).drop();
            return figures.withGaps(gaps);
        }
    }

    /** Stores the first message of each room, which costs more than later ones. */
    private static void sendFirstMessages(MessageWriter writer, Cell cell) {
        List<? extends CompletableFuture<?>> first =
                cell.roomIds().stream().map(room -> writer.store(room, "hello")).toList();
        first.forEach(CompletableFuture::join);
    }

    /** Returns the median round trip time of the smallest command. */
    private double pingMillis(int roundTrip) throws IOException {
        List<Long> nanos = new ArrayList<>();
        try (MongoClient client = databases.connect(roundTrip, new CommandCount())) {
            for (int i = 0; i < PINGS; i++) {
                long startNanos = System.nanoTime();
                client.getDatabase("any").runCommand(new Document("ping", 1));
                nanos.add(System.nanoTime() - startNanos);
            }
        }
        Collections.sort(nanos);
        return nanos.get(PINGS / 2) / 1e6;
    }
}

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

/** Measures all cells with all strategies, one after another, each in a fresh database. */
public final class StorageMain {
    private static final Cell REHEARSAL = new Cell(0, 64, 10);
    private static final Duration REHEARSED = Duration.ofSeconds(5);
    private static final int PINGS = 101;

    private final StorageOptions options;
    private final Databases databases;

    private StorageMain(StorageOptions options, Databases databases) {
        this.options = options;
        this.databases = databases;
    }

    /** Prints Markdown. */
    public static void main(String[] arguments) throws Exception {
        StorageOptions options = StorageOptions.parse(arguments);
        try (Databases databases = new Databases(options)) {
            new StorageMain(options, databases).run();
        }
    }

    private void run() throws Exception {
        rehearse();
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

    /** Runs everything once before the measurement, so that it is compiled. */
    private void rehearse() throws Exception {
        for (Strategy strategy : options.strategies()) {
            measure(REHEARSAL, strategy, REHEARSED);
        }
    }

    private Figures measure(Cell cell, Strategy strategy, Duration warmUp)
            throws IOException, InterruptedException, TimeoutException {
        databases.collectGarbage();
        CommandCount commands = new CommandCount();
        String name = strategy.id();
        try (MongoClient client = databases.at(cell.roundTripMillis(), commands)) {
            Figures figures;
            try (MessageWriter storing = strategy.open(client, name)) {
                storing.prepare(cell.roomIds());
                greet(storing, cell);
                ClosedLoad load = new ClosedLoad(storing, cell);
                figures = new Measurement(load, commands, databases.gauge()).run(warmUp, options.measure());
            }
            long holes = StoredSequences.read(client, name).roomsWithHoles();
            client.getDatabase(name).drop();
            return figures.withHoles(holes);
        }
    }

    /** A room's first message costs more than all that follow. */
    private static void greet(MessageWriter storing, Cell cell) {
        List<? extends CompletableFuture<?>> greetings = cell.roomIds().stream()
                .map(room -> storing.store(room, "hello"))
                .toList();
        greetings.forEach(CompletableFuture::join);
    }

    /** Returns the median of many round trips of the smallest command. */
    private double pingMillis(int roundTrip) throws IOException {
        List<Long> nanos = new ArrayList<>();
        try (MongoClient client = databases.at(roundTrip, new CommandCount())) {
            for (int i = 0; i < PINGS; i++) {
                long begun = System.nanoTime();
                client.getDatabase("any").runCommand(new Document("ping", 1));
                nanos.add(System.nanoTime() - begun);
            }
        }
        Collections.sort(nanos);
        return nanos.get(PINGS / 2) / 1e6;
    }
}

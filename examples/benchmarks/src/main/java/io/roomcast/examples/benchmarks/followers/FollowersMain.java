package io.roomcast.examples.benchmarks.followers;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.roomcast.chat.mongo.MongoChatStore;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.examples.benchmarks.report.Figure;
import io.roomcast.examples.benchmarks.run.Database;
import io.roomcast.examples.benchmarks.run.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** Measures how fast a follower receives what it has missed, and prints Markdown. */
public final class FollowersMain {
    private static final int WARM_UP_MESSAGES = 100_000;

    private final FollowersOptions options;

    private FollowersMain(FollowersOptions options) {
        this.options = options;
    }

    /** Runs the measurement; see {@link FollowersOptions} for the arguments. */
    public static void main(String[] arguments) throws Exception {
        FollowersOptions options = FollowersOptions.parse(arguments);
        String pinning = options.databaseCpu().isEmpty() ? "not pinned" : "the database alone on one";
        System.out.println(Machine.head(pinning));
        System.out.printf(Locale.ROOT, "%n| %,d messages in | conversations | messages/s |%n", options.messages());
        System.out.println("|---|---:|---:|");
        new FollowersMain(options).run();
    }

    private void run() throws Exception {
        try (Database database = new Database(Files.createDirectories(options.folder()), options.databaseCpu())) {
            for (Storage storage : options.stores()) {
                double unused = measure(storage, database, Math.min(WARM_UP_MESSAGES, options.messages()), 1);
                for (int conversations : options.conversations()) {
                    List<Double> rates = new ArrayList<>();
                    for (int i = 0; i < options.repetitions(); i++) {
                        rates.add(measure(storage, database, options.messages(), conversations));
                    }
                    System.out.printf("| %s | %d | %s |%n", storage.title(), conversations, new Figure(rates, true));
                }
            }
        }
    }

    /** Returns the number of messages a second. */
    private static double measure(Storage storage, Database database, int messages, int conversations)
            throws IOException, InterruptedException, TimeoutException {
        Duration passed = switch (storage) {
            case MEMORY -> inMemory(messages, conversations);
            case MONGO -> onMongo(database.create(), messages, conversations, database);
        };
        double rate = messages / (passed.toNanos() / 1e9);
        System.err.printf(
                Locale.ROOT,
                "%s, %d conversations: %,d messages in %s, %,.0f/s%n",
                storage.id(),
                conversations,
                messages,
                passed,
                rate);
        return rate;
    }

    private static Duration inMemory(int messages, int conversations) throws InterruptedException, TimeoutException {
        ChatStore store = ChatStore.inMemory();
        return new MissedMessages(() -> store, messages, conversations).receive();
    }

    private static Duration onMongo(String uri, int messages, int conversations, Database database)
            throws InterruptedException, TimeoutException {
        String name = uri.substring(uri.lastIndexOf('/') + 1);
        try (MongoClient client = MongoClients.create(uri)) {
            return new MissedMessages(
                            () -> MongoChatStore.builder(client).database(name).build(), messages, conversations)
                    .receive();
        } finally {
            database.drop(uri);
        }
    }
}

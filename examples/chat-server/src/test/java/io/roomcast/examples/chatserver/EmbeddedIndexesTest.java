package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.mongo.MongoChatStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ordered indexes of the embedded database, compared with the same database without them. */
class EmbeddedIndexesTest {
    private static final int DOCUMENTS = 300;
    private static final int QUERIES = 400;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void queries_have_the_same_results_as_without_indexes(long seed) {
        MongoServer plain = new MongoServer(H2Backend.inMemory());
        try (EmbeddedMongo embedded = EmbeddedMongo.open(directory);
                MongoClient client = MongoClients.create(embedded.uri());
                MongoClient reference = MongoClients.create(plain.bindAndGetConnectionString())) {
            Random random = new Random(seed);
            List<MongoCollection<Document>> both = List.of(documents(client), documents(reference));
            both.forEach(EmbeddedIndexesTest::createIndexes);
            for (int i = 0; i < DOCUMENTS; i++) {
                Document document = randomDocument(random, i);
                both.forEach(documents -> documents.insertOne(new Document(document)));
            }
            for (int i = 0; i < QUERIES; i++) {
                change(random, both);
                compare(random, both.get(0), both.get(1));
            }
        } finally {
            plain.shutdownNow();
        }
    }

    private static MongoCollection<Document> documents(MongoClient client) {
        return client.getDatabase("chat").getCollection("documents");
    }

    private static void createIndexes(MongoCollection<Document> documents) {
        documents.createIndex(new Document("room", 1).append("seq", 1), new IndexOptions().unique(true));
        documents.createIndex(new Document("room", 1).append("user", 1).append("at", 1));
        documents.createIndex(new Document("user", 1), new IndexOptions().sparse(true));
    }

    private static Document randomDocument(Random random, int seq) {
        Document document = new Document("_id", "id" + seq)
                .append("room", "room" + random.nextInt(4))
                .append("seq", (long) seq)
                .append("at", random.nextInt(20));
        if (random.nextInt(3) > 0) {
            document.append("user", random.nextInt(8) == 0 ? null : "user" + random.nextInt(5));
        }
        return document;
    }

    private static void change(Random random, List<MongoCollection<Document>> both) {
        Document one = new Document("_id", "id" + random.nextInt(DOCUMENTS));
        int kind = random.nextInt(20);
        Document update = new Document("$set", new Document("user", "user" + random.nextInt(5)).append("at", kind));
        both.forEach(documents -> {
            if (kind == 0) {
                documents.deleteOne(one);
            } else if (kind < 5) {
                documents.updateOne(one, update);
            }
        });
    }

    private static void compare(
            Random random, MongoCollection<Document> documents, MongoCollection<Document> reference) {
        Document query = randomQuery(random);
        Document orderBy = randomOrder(random);
        int limit = random.nextInt(3) * 7;
        List<Document> found = documents.find(query).sort(orderBy).limit(limit).into(new ArrayList<>());
        List<Document> expected =
                reference.find(query).sort(orderBy).limit(limit).into(new ArrayList<>());
        if (limit == 0) {
            assertThat(found).as("%s", query).containsExactlyInAnyOrderElementsOf(expected);
        } else {
            // documents that are equal in this order may be cut off in either way
            assertThat(inOrder(found, orderBy)).as("%s by %s", query, orderBy).isEqualTo(inOrder(expected, orderBy));
        }
        assertThat(documents.countDocuments(query)).isEqualTo(reference.countDocuments(query));
    }

    private static List<List<Object>> inOrder(List<Document> documents, Document orderBy) {
        return documents.stream()
                .map(document -> orderBy.keySet().stream()
                        .map(field -> (Object) String.valueOf(document.get(field)))
                        .toList())
                .toList();
    }

    private static Document randomOrder(Random random) {
        int direction = random.nextBoolean() ? 1 : -1;
        return List.of(
                        new Document("seq", direction),
                        new Document("user", direction).append("at", direction),
                        new Document("at", direction).append("seq", -direction),
                        new Document("_id", direction))
                .get(random.nextInt(4));
    }

    private static Document randomQuery(Random random) {
        if (random.nextInt(5) == 0) {
            return new Document("$or", List.of(randomFilter(random), randomFilter(random)));
        }
        return randomFilter(random);
    }

    private static Document randomFilter(Random random) {
        Document filter = new Document();
        if (random.nextInt(5) > 0) {
            filter.append("room", value(random, "room" + random.nextInt(5), "room" + random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            filter.append("user", random.nextInt(6) == 0 ? null : value(random, "user" + random.nextInt(5), "user3"));
        }
        if (random.nextInt(2) == 0) {
            filter.append("seq", value(random, random.nextInt(DOCUMENTS), random.nextInt(DOCUMENTS)));
        }
        if (random.nextInt(4) == 0) {
            filter.append("at", value(random, random.nextInt(20), random.nextInt(20)));
        }
        return filter;
    }

    private static Object value(Random random, Object one, Object other) {
        return switch (random.nextInt(6)) {
            case 0 -> one;
            case 1 -> new Document("$in", List.of(one, other, one));
            case 2 -> new Document("$gt", one);
            case 3 -> new Document("$gte", one).append("$lt", other);
            case 4 -> new Document("$lte", one);
            default -> one instanceof Number ? new Document("$gt", one).append("$ne", other) : one;
        };
    }

    /** An earlier release had other indexes in the same file. */
    @Test
    void file_without_ordered_indexes_gets_them() {
        String file = directory.resolve("chat.mv.db").toString();
        MongoServer plain = new MongoServer(new H2Backend(file));
        try (MongoClient client = MongoClients.create(plain.bindAndGetConnectionString())) {
            createIndexes(documents(client));
            IntStream.range(0, 50).forEach(seq -> documents(client).insertOne(randomDocument(new Random(seq), seq)));
        } finally {
            plain.shutdownNow();
        }
        try (EmbeddedMongo embedded = EmbeddedMongo.open(directory);
                MongoClient client = MongoClients.create(embedded.uri())) {
            Document first = documents(client).find(new Document("_id", "id7")).first();
            Document query = new Document("room", first.get("room")).append("seq", new Document("$gte", 7));
            assertThat(documents(client)
                            .find(query)
                            .sort(new Document("seq", 1))
                            .first())
                    .isEqualTo(first);
            assertThatThrownBy(() -> documents(client).insertOne(new Document(first).append("_id", "other")))
                    .isInstanceOf(MongoWriteException.class);
        }
    }

    /** Without indexes, each read would match all messages. */
    @Test
    void reads_do_not_grow_with_other_conversations() {
        try (EmbeddedMongo embedded = EmbeddedMongo.open(directory);
                MongoClient client = MongoClients.create(embedded.uri());
                MongoChatStore store =
                        MongoChatStore.builder(client).database("chat").build()) {
            MongoDatabase database = client.getDatabase("chat");
            fill(database, 0, 100);
            reads(store);
            long before = reads(store);
            fill(database, 100, 10_000);
            assertThat(reads(store)).isLessThan(5 * before);
        }
    }

    private static void fill(MongoDatabase database, int from, int to) {
        database.getCollection("messages")
                .insertMany(IntStream.range(from, to)
                        .mapToObj(seq -> new Document("_id", "m" + seq)
                                .append("conversationId", "room" + seq / 100)
                                .append("seq", seq % 100 + 1L)
                                .append("version", 0L)
                                .append("senderId", "user" + seq % 7)
                                .append("clientMessageId", "c" + seq))
                        .toList());
    }

    /** Returns the CPU time of all threads for what a client reads when it joins a room, in nanoseconds. */
    private static long reads(MongoChatStore store) {
        long before = cpuNanos();
        for (int i = 0; i < 100; i++) {
            store.positions(Set.of("empty" + i, "other" + i));
            store.history(new HistoryQuery("empty" + i, Anchor.BEFORE, 50, 20));
        }
        return cpuNanos() - before;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}

package io.roomcast.examples.benchmarks.storage;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;

/** Which places the stored messages of each room have. */
final class StoredSequences {
    private static final Document PLACE =
            new Document("conversationId", 1).append("seq", 1).append("_id", 0);

    private final Map<String, BitSet> rooms = new HashMap<>();
    private final Map<String, Integer> messages = new HashMap<>();

    /** Reads a database to its end. */
    static StoredSequences read(MongoClient client, String database) {
        StoredSequences places = new StoredSequences();
        MongoCollection<Document> stored = client.getDatabase(database).getCollection("messages");
        stored.find().projection(PLACE).batchSize(10_000).forEach(places::add);
        return places;
    }

    private void add(Document message) {
        String room = message.getString("conversationId");
        int seq = message.get("seq", (Number) 0).intValue();
        rooms.computeIfAbsent(room, id -> new BitSet()).set(seq);
        messages.merge(room, 1, Integer::sum);
    }

    /** Returns the number of rooms whose sequence numbers are not 1, 2, 3, …, each once. */
    long roomsWithHoles() {
        return rooms.entrySet().stream()
                .filter(room -> !isDense(room.getValue(), messages.getOrDefault(room.getKey(), 0)))
                .count();
    }

    private static boolean isDense(BitSet seqs, int count) {
        return seqs.nextSetBit(0) == 1 && seqs.length() == count + 1 && seqs.cardinality() == count;
    }
}

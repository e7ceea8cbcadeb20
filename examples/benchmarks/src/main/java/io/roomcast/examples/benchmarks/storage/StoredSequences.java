package io.roomcast.examples.benchmarks.storage;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;

/** The sequence numbers of the stored messages of each room. */
final class StoredSequences {
    private static final Document CONVERSATION_AND_SEQ =
            new Document("conversationId", 1).append("seq", 1).append("_id", 0);

    private final Map<String, BitSet> rooms = new HashMap<>();
    private final Map<String, Integer> messages = new HashMap<>();

    /** Reads all messages of a database. */
    static StoredSequences read(MongoClient client, String database) {
        StoredSequences sequences = new StoredSequences();
        MongoCollection<Document> stored = client.getDatabase(database).getCollection("messages");
        stored.find().projection(CONVERSATION_AND_SEQ).batchSize(10_000).forEach(sequences::add);
        return sequences;
    }

    private void add(Document message) {
        String room = message.getString("conversationId");
        int seq = message.get("seq", (Number) 0).intValue();
        rooms.computeIfAbsent(room, id -> new BitSet()).set(seq);
        messages.merge(room, 1, Integer::sum);
    }

    /** Returns the number of rooms whose sequence numbers are not 1, 2, 3, …, each once. */
    long roomsWithGaps() {
        return rooms.entrySet().stream()
                .filter(room -> !isDense(room.getValue(), messages.getOrDefault(room.getKey(), 0)))
                .count();
    }

    private static boolean isDense(BitSet seqs, int count) {
        return seqs.nextSetBit(0) == 1 && seqs.length() == count + 1 && seqs.cardinality() == count;
    }
}

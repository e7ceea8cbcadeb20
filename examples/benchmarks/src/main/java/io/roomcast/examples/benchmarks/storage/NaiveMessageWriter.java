package io.roomcast.examples.benchmarks.storage;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReturnDocument;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bson.Document;

/**
 * Stores messages as the Node original does: increments the counter of the conversation's document, then inserts the
 * message. Uses as many threads as such a server would have.
 */
final class NaiveMessageWriter implements MessageWriter {
    private static final int THREADS = 64;
    private static final FindOneAndUpdateOptions RETURN_AFTER =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final MongoCollection<Document> conversations;
    private final MongoCollection<Document> messages;

    NaiveMessageWriter(MongoClient client, String name) {
        MongoDatabase database = client.getDatabase(name);
        conversations = database.getCollection("conversations");
        messages = database.getCollection("messages");
        messages.createIndex(new Document("conversationId", 1).append("seq", 1), new IndexOptions().unique(true));
    }

    /** Creates the conversations; otherwise two concurrent first messages would both create one, and one would fail. */
    @Override
    public void prepare(List<String> rooms) {
        conversations.insertMany(
                rooms.stream().map(room -> new Document("_id", room)).toList());
    }

    @Override
    public CompletableFuture<?> store(String room, String content) {
        return CompletableFuture.runAsync(() -> append(room, content), threads);
    }

    private void append(String room, String content) {
        Document message = new Document("senderId", "alice")
                .append("content", content)
                .append("type", "text")
                .append("createdAt", Instant.now());
        Document change =
                new Document("$inc", new Document("seq", 1)).append("$set", new Document("lastMessage", message));
        Document counted = conversations.findOneAndUpdate(new Document("_id", room), change, RETURN_AFTER);
        int seq = Objects.requireNonNull(counted).get("seq", 0);
        messages.insertOne(new Document(message).append("conversationId", room).append("seq", seq));
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}

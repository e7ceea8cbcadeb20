package io.roomcast.chat.mongo;

import com.mongodb.client.MongoCollection;
import io.roomcast.chat.model.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Finds what happened since a time. The ids of messages and changes sort by time, so that this needs no index of its own.
 * Safe for use by several threads; every method blocks.
 */
final class Activity {
    private static final int PAGE = 1_000;
    private static final int TIME_DIGITS = 10;
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS_OF_DIGIT = 5;
    private static final Document ID_AND_CONVERSATION =
            new Document(DocumentFields.ID, 1).append(DocumentFields.CONVERSATION_ID, 1);

    private final MongoCollection<Document> messages;
    private final MongoCollection<Document> changes;

    Activity(ChatDatabase database) {
        this.messages = database.messages().withDocumentClass(Document.class);
        this.changes = database.changes();
    }

    /** Passes on the conversations with a message or a change since a time, in pages of bounded size. */
    void since(Instant time, Consumer<String> action) {
        page(messages, firstId(time), action);
        page(changes, new ObjectId(Date.from(time)), action);
    }

    /** Returns a text below all ids of 26 characters that were created at the time or later, and above all others. */
    static String firstId(Instant time) {
        StringBuilder id = new StringBuilder(TIME_DIGITS);
        for (int digit = TIME_DIGITS - 1; digit >= 0; digit--) {
            long shifted = time.toEpochMilli() >>> (digit * BITS_OF_DIGIT);
            id.append(DIGITS.charAt((int) (shifted % DIGITS.length())));
        }
        return id.toString();
    }

    private static void page(MongoCollection<Document> documents, Object first, Consumer<String> action) {
        Document range = new Document("$gte", first);
        List<Document> page;
        do {
            page = Reads.page(documents, new Document(DocumentFields.ID, range), PAGE)
                    .sort(new Document(DocumentFields.ID, 1))
                    .projection(ID_AND_CONVERSATION)
                    .into(new ArrayList<>());
            for (Document found : page) {
                if (found.get(DocumentFields.CONVERSATION_ID) instanceof String conversationId) {
                    action.accept(conversationId);
                }
                range = new Document("$gt", found.get(DocumentFields.ID));
            }
        } while (page.size() == PAGE);
    }

    /** Returns the position of a conversation before a time. */
    Position before(String conversationId, Instant time) {
        return new Position(
                newestBefore(messages, conversationId, DocumentFields.SEQ, DocumentFields.CREATED_AT, time),
                newestBefore(changes, conversationId, DocumentFields.VERSION, DocumentFields.AT, time));
    }

    /** Reads from the newest number down. */
    private static long newestBefore(
            MongoCollection<Document> documents, String conversationId, String number, String at, Instant time) {
        @Nullable
        Document newest = Reads.page(
                        documents,
                        new Document(DocumentFields.CONVERSATION_ID, conversationId)
                                .append(number, new Document("$gt", 0L))
                                .append(at, new Document("$lt", Date.from(time))),
                        1)
                .sort(new Document(number, -1))
                .projection(new Document(number, 1))
                .first();
        return newest == null ? 0 : Documents.whole(newest, number);
    }
}

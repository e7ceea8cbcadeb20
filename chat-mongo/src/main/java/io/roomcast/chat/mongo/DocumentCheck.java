package io.roomcast.chat.mongo;

import com.mongodb.client.MongoCollection;
import io.roomcast.chat.model.Conversation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bson.BsonDocumentReader;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks some documents of each collection at startup, so that a chat does not use another program's collections. */
final class DocumentCheck {
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);
    private static final int SAMPLE = 20;
    private static final MessageCodec MESSAGES = new MessageCodec();

    private static final Map<String, Consumer<Document>> READINGS = Map.of(
            "messages", DocumentCheck::readMessage,
            "changes", ChangeRow::read,
            "conversations", DocumentCheck::readConversation,
            "members", Members::readWithConversation,
            "receipts", ReceiptDocuments::read,
            "preferences", PreferenceDocuments::check,
            "followers", FollowerDocuments::read,
            "devices", DeviceDocuments::readDevice,
            "pushes", DeviceDocuments::readPush,
            "calls", CallDocuments::read);

    private DocumentCheck() {}

    /**
     * Checks the oldest documents of each collection.
     *
     * @throws IllegalStateException if no chat has used the database yet and one of the documents is not a chat's
     */
    static void check(ChatDatabase database) {
        boolean isUsed = database.meta()
                        .find(Documents.byIds(List.of("epoch", "schema")))
                        .first()
                != null;
        READINGS.forEach((collection, reading) -> check(database.handle().getCollection(collection), reading, isUsed));
    }

    private static void check(MongoCollection<Document> documents, Consumer<Document> reading, boolean isUsed) {
        for (Document document :
                documents.find().limit(SAMPLE).batchSize(SAMPLE).into(new ArrayList<>())) {
            try {
                reading.accept(document);
            } catch (RuntimeException malformed) {
                report(documents, document, MalformedDocuments.reason(malformed), isUsed);
                return;
            }
        }
    }

    private static void report(MongoCollection<?> documents, Document malformed, String reason, boolean isUsed) {
        String text = "the collection %s holds documents that are not a chat's, such as %s (%s)"
                .formatted(documents.getNamespace(), malformed.get(DocumentFields.ID), reason);
        if (!isUsed) {
            throw new IllegalStateException(text + "; give the chat a database of its own");
        }
        log.warn("{}; they are skipped", text);
    }

    private static void readConversation(Document stored) {
        if (!stored.containsKey(DocumentFields.DELETED_AT)) {
            Conversation unused = ConversationFields.read(stored, List.of(), 0, Instant.EPOCH);
        }
    }

    private static void readMessage(Document stored) {
        StoredMessage unused = MESSAGES.decode(
                new BsonDocumentReader(stored.toBsonDocument()),
                DecoderContext.builder().build());
    }
}

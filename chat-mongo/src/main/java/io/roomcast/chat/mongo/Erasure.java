package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.mongo.MessageField.UserTrace;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;

/**
 * Erases one user, in steps of bounded size: first the previews that lists show, then the content of conversations.
 *
 * <p>Each step reads the next documents that name the user from an index, and removes the name from them. The documents
 * are the only record of progress, so a second run after a crash finds what is left.
 */
final class Erasure {
    /** Unsets the fields of a message, other than its text, that hold data of its sender. */
    static final Document CONTENT = unset(MessageField.erasedWithSender());

    private static final List<String> PREVIEWED = List.of(
            DocumentFields.CONVERSATION_ID,
            DocumentFields.SEQ,
            DocumentFields.VERSION,
            DocumentFields.TYPE,
            DocumentFields.CREATED_AT);

    private final ChatDatabase database;
    private final ConversationDocuments conversations;
    private final Clock clock;
    private final String userId;
    private final String erasedId = "erased:" + UUID.randomUUID();

    Erasure(ChatDatabase database, ConversationDocuments conversations, Clock clock, String userId) {
        this.database = database;
        this.conversations = conversations;
        this.clock = clock;
        this.userId = userId;
    }

    /** Runs until no document names the user. */
    void run() {
        erasePreviews();
        eraseMembership();
        eraseChanges();
        new CallDocuments(database.calls()).erase(userId, erasedId);
        eraseMessages();
        eraseTraces();
        // A node may have written a preview meanwhile that it had in memory.
        erasePreviews();
    }

    private void erasePreviews() {
        String sender = DocumentFields.LAST + "." + DocumentFields.SENDER_ID;
        Document replacement = new Document(sender, erasedId)
                .append(DocumentFields.LAST + "." + DocumentFields.CONTENT, "")
                .append(DocumentFields.LAST + "." + DocumentFields.DELETED, true);
        MongoCollection<Document> documents = database.conversations();
        // Another user's message may replace the preview between the read and the write.
        new Sweep(documents)
                .run(
                        new Document(sender, userId),
                        List.of(),
                        batch -> documents.updateMany(Sweep.among(batch).append(sender, userId), set(replacement)));
    }

    private void eraseMembership() {
        Document named = new Document(DocumentFields.USER_ID, userId);
        pull(
                database.conversations(),
                DocumentFields.INITIAL_MEMBERS,
                DocumentFields.INITIAL_MEMBERS + "." + DocumentFields.USER_ID,
                named);
        new Sweep(database.members()).remove(named);
        new Sweep(database.receipts()).remove(named);
        new Sweep(database.preferences()).remove(named);
        new Sweep(database.devices()).remove(named);
        new Sweep(database.pushes()).remove(named);
    }

    /**
     * Runs before the messages are erased. An incomplete change without its content is then completed as one that
     * changes nothing.
     */
    private void eraseChanges() {
        Document change =
                set(new Document(DocumentFields.USER_ID, erasedId)).append("$unset", unset(ChangeOp.ownFields()));
        new Sweep(database.changes()).update(new Document(DocumentFields.USER_ID, userId), change);
    }

    private void eraseMessages() {
        Document replacement = new Document(DocumentFields.SENDER_ID, erasedId)
                .append(DocumentFields.CONTENT, "")
                .append(DocumentFields.DELETED_AT, Date.from(clock.instant()))
                .append(DocumentFields.DELETED_BY, erasedId);
        Document change = set(replacement).append("$unset", CONTENT);
        MongoCollection<StoredMessage> messages = database.messages();
        new Sweep(messages).run(new Document(DocumentFields.SENDER_ID, userId), PREVIEWED, batch -> {
            conversations.raise(newestOf(batch));
            messages.updateMany(Sweep.among(batch), change);
        });
    }

    /** Makes the erased preview win over a preview of the same message that a node may be about to write. */
    private Map<String, MessagePreview> newestOf(List<BsonDocument> batch) {
        Map<String, MessagePreview> newest = new HashMap<>();
        for (BsonDocument message : batch) {
            try {
                newest.merge(
                        message.getString(DocumentFields.CONVERSATION_ID).getValue(),
                        erasedPreview(message),
                        (one, other) -> one.seq() > other.seq() ? one : other);
            } catch (BsonInvalidOperationException foreign) {
                // No chat wrote this document, so no list shows it.
            }
        }
        return newest;
    }

    private MessagePreview erasedPreview(BsonDocument message) {
        return new MessagePreview(
                message.getString(DocumentFields.ID).getValue(),
                message.getNumber(DocumentFields.SEQ).longValue(),
                message.containsKey(DocumentFields.VERSION)
                        ? message.getNumber(DocumentFields.VERSION).longValue()
                        : 0,
                erasedId,
                MessageType.ofWireName(message.getString(DocumentFields.TYPE).getValue())
                        .orElse(MessageType.TEXT),
                "",
                Instant.ofEpochMilli(
                        message.getDateTime(DocumentFields.CREATED_AT).getValue()),
                true,
                null);
    }

    /** Erases the user from other users' messages. */
    private void eraseTraces() {
        MessageField.withTraces().forEach(field -> eraseTrace(field.field(), requireNonNull(field.trace())));
    }

    private void eraseTrace(String field, UserTrace trace) {
        if (trace.element() == null) {
            new Sweep(database.messages())
                    .update(new Document(trace.path(), userId), set(new Document(trace.path(), erasedId)));
        } else {
            pull(database.messages(), field, trace.path(), trace.element().apply(userId));
        }
    }

    private void pull(MongoCollection<?> documents, String array, String named, Object element) {
        Document change = new Document("$pull", new Document(array, element));
        new Sweep(documents).run(new Document(named, userId), List.of(), batch -> {
            try {
                documents.updateMany(Sweep.among(batch), change);
            } catch (MongoWriteException notAnArray) {
                removeScalars(documents, array, batch);
                documents.updateMany(Sweep.among(batch), change);
            }
        });
    }

    /** Counts a field that is not an array as none, because another program may have written a single value. */
    private static void removeScalars(MongoCollection<?> documents, String array, List<BsonDocument> batch) {
        documents.updateMany(
                Sweep.among(batch).append(array + ".0", new Document("$exists", false)),
                new Document("$unset", unset(List.of(array))));
    }

    private static Document set(Document values) {
        return new Document("$set", values);
    }

    private static Document unset(Collection<String> fields) {
        Document values = new Document();
        for (String field : fields) {
            values.append(field, "");
        }
        return values;
    }
}

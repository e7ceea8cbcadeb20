package io.roomcast.chat.mongo;

import com.mongodb.client.MongoCollection;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import java.time.Clock;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;

/**
 * Forgets one user. Each step leaves nothing that another needs, so a second run completes what a crash cut short.
 *
 * <p>Looks at every message, as no index leads from a user to what the user said.
 */
final class Erasure {
    private static final Document WORDS = new Document(Fields.FILE_URL, "")
            .append(Fields.FILE_NAME, "")
            .append(Fields.FILE_SIZE, "")
            .append(Fields.MIME_TYPE, "")
            .append(Fields.REPLY_TO, "")
            .append(Fields.MENTIONS, "")
            .append(Fields.METADATA, "")
            .append(Fields.REACTIONS, "");

    private final ChatDatabase database;
    private final Conversations conversations;
    private final Clock clock;
    private final String userId;
    private final String nobody = "erased:" + UUID.randomUUID();

    Erasure(ChatDatabase database, Conversations conversations, Clock clock, String userId) {
        this.database = database;
        this.conversations = conversations;
        this.clock = clock;
        this.userId = userId;
    }

    void run() {
        new Members(database.members()).removeEverywhere(userId);
        new Receipts(database.receipts()).removeEverywhere(userId);
        eraseChanges();
        eraseMessages();
        eraseTraces();
        conversations.raise(newestErased());
        conversations.erase(userId, nobody);
    }

    /** An open row without its words is finished as one that changes nothing. */
    private void eraseChanges() {
        database.changes()
                .updateMany(
                        new Document(Fields.USER_ID, userId),
                        set(new Document(Fields.USER_ID, nobody))
                                .append(
                                        "$unset",
                                        new Document(Fields.CONTENT, "")
                                                .append(Fields.METADATA, "")
                                                .append(Fields.KEY, "")));
    }

    private void eraseMessages() {
        Document place = new Document(Fields.SENDER_ID, nobody)
                .append(Fields.CONTENT, "")
                .append(Fields.DELETED_AT, Date.from(clock.instant()))
                .append(Fields.DELETED_BY, nobody);
        database.messages()
                .updateMany(new Document(Fields.SENDER_ID, userId), set(place).append("$unset", WORDS));
    }

    /** What others' messages tell of the user. */
    private void eraseTraces() {
        MongoCollection<StoredMessage> messages = database.messages();
        messages.updateMany(new Document(Fields.DELETED_BY, userId), set(new Document(Fields.DELETED_BY, nobody)));
        messages.updateMany(
                new Document(Fields.REACTIONS + "." + Fields.USER_ID, userId),
                pull(Fields.REACTIONS, new Document(Fields.USER_ID, userId)));
        messages.updateMany(new Document(Fields.MENTIONS, userId), pull(Fields.MENTIONS, userId));
    }

    /** Where one is a conversation's newest, its preview wins over the words that a node may be about to write. */
    private Map<String, MessagePreview> newestErased() {
        Map<String, MessagePreview> newest = new HashMap<>();
        for (StoredMessage erased : database.messages().find(new Document(Fields.SENDER_ID, nobody))) {
            Message message = erased.message();
            newest.merge(
                    message.conversationId(),
                    MessagePreview.of(message),
                    (one, other) -> one.seq() > other.seq() ? one : other);
        }
        return newest;
    }

    private static Document set(Document values) {
        return new Document("$set", values);
    }

    private static Document pull(String array, Object element) {
        return new Document("$pull", new Document(array, element));
    }
}

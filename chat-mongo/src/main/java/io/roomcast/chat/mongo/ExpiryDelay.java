package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises the removal delay of an existing expiry index that removes messages too soon. */
final class ExpiryDelay {
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);

    private ExpiryDelay() {}

    /** Changes the index if needed. If the database refuses, logs a warning with the command to run. */
    static void ensure(ChatDatabase database) {
        for (Document index : database.messages().listIndexes()) {
            boolean isTooShort = index.containsKey(RequiredIndex.EXPIRE_AFTER)
                    && Documents.whole(index, RequiredIndex.EXPIRE_AFTER) < MessageLog.KEPT.toSeconds();
            if (isTooShort) {
                prolong(database, index.getString("name"));
            }
        }
    }

    private static void prolong(ChatDatabase database, String index) {
        Document command = new Document(
                        "collMod", database.messages().getNamespace().getCollectionName())
                .append(
                        "index",
                        new Document("name", index).append(RequiredIndex.EXPIRE_AFTER, MessageLog.KEPT.toSeconds()));
        try {
            database.handle().runCommand(command);
        } catch (MongoException refused) {
            log.warn(
                    "Expired messages are removed too soon to keep their sequence numbers from being used again by a"
                            + " node with an outdated state. Run db.runCommand({}) in the database {}",
                    command.toJson(),
                    database.name());
        }
    }
}

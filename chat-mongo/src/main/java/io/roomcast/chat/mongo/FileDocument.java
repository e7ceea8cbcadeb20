package io.roomcast.chat.mongo;

import com.mongodb.client.model.Updates;
import io.roomcast.chat.model.StoredFile;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Converts the facts of an uploaded file to and from its document in GridFS. */
final class FileDocument {
    /** The size of a chunk, which is the default of GridFS. */
    static final int CHUNK_BYTES = 261_120;

    /** The path of the user's id, which only files have that no message refers to. */
    static final String UNUSED_BY = "metadata.unusedBy";

    static final String SYNCED_AT = "metadata.syncedAt";
    private static final String METADATA = "metadata";
    private static final String USE = "use";

    private FileDocument() {}

    static Document write(StoredFile file) {
        Document metadata = new Document("conversationId", file.conversationId())
                .append("userId", file.userId())
                .append("size", file.size())
                .append("mimeType", file.mimeType());
        Documents.append(metadata, "clientUploadId", file.clientUploadId());
        Documents.append(metadata, "unusedBy", file.use() == null ? file.userId() : null);
        Documents.append(metadata, USE, use(file.use()));
        return new Document("_id", file.id())
                .append("length", 0L)
                .append("chunkSize", CHUNK_BYTES)
                .append("uploadDate", Date.from(file.createdAt()))
                .append("filename", file.name())
                .append(METADATA, metadata);
    }

    private static @Nullable Document use(StoredFile.@Nullable Use use) {
        return use == null
                ? null
                : new Document("clientMessageId", use.clientMessageId())
                        .append("messageId", use.messageId())
                        .append("stored", use.stored());
    }

    /** Returns the update that replaces what can change. */
    static Bson update(StoredFile file) {
        List<Bson> updates = new ArrayList<>();
        Document use = use(file.use());
        updates.add(use == null ? Updates.unset("metadata.use") : Updates.set("metadata.use", use));
        updates.add(use == null ? Updates.set(UNUSED_BY, file.userId()) : Updates.unset(UNUSED_BY));
        return Updates.combine(updates);
    }

    static StoredFile read(Document document) {
        Document metadata = document.get(METADATA, Document.class);
        return new StoredFile(
                document.getString("_id"),
                metadata.getString("conversationId"),
                metadata.getString("userId"),
                document.getString("filename"),
                metadata.get("size", Number.class).longValue(),
                metadata.getString("mimeType"),
                metadata.getString("clientUploadId"),
                document.getDate("uploadDate").toInstant(),
                readUse(metadata.get(USE, Document.class)));
    }

    private static StoredFile.@Nullable Use readUse(@Nullable Document use) {
        return use == null
                ? null
                : new StoredFile.Use(
                        use.getString("clientMessageId"), use.getString("messageId"), use.getBoolean("stored", false));
    }
}

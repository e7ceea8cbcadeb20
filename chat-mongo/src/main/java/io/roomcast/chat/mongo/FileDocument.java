package io.roomcast.chat.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import java.util.Date;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Converts the facts of an uploaded file to and from its document in GridFS. */
final class FileDocument {
    /** The size of a chunk, which is the default of GridFS. */
    static final int CHUNK_BYTES = 261_120;

    /** The path of the user's id, which only files have whose uploads have not ended. */
    static final String UNUSED_BY = "metadata.unusedBy";

    /** The path of the upload's step, which only files have whose uploads have not ended. */
    static final String STATUS = "metadata.status";

    /** The path of the uploader's key with the user's id, which only files have whose uploads have not ended. */
    static final String KEY = "metadata.uploadKey";

    static final String SYNCED_AT = "metadata.syncedAt";

    /** The path of the number of writes that have begun. */
    static final String WRITES = "metadata.writes";

    private static final String METADATA = "metadata";
    private static final String USE = "use";

    private FileDocument() {}

    static Document write(StoredFile file) {
        Document metadata = new Document("conversationId", file.conversationId())
                .append("userId", file.userId())
                .append("size", file.size())
                .append("mimeType", file.mimeType());
        Documents.append(metadata, "clientUploadId", file.clientUploadId());
        UploadState state = file.state();
        Documents.append(metadata, "unusedBy", hasEnded(state) ? null : file.userId());
        Documents.append(
                metadata, "status", hasEnded(state) ? null : state.status().name());
        Documents.append(metadata, "uploadKey", key(file));
        metadata.append("since", Date.from(state.since()));
        Documents.append(metadata, "message", state.message());
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

    private static @Nullable Document key(StoredFile file) {
        String key = file.clientUploadId();
        return key == null || hasEnded(file.state())
                ? null
                : new Document("userId", file.userId()).append("clientUploadId", key);
    }

    private static boolean hasEnded(UploadState state) {
        return state.status() == UploadState.Status.ENDED;
    }

    /** Returns the update that replaces what can change. */
    static Bson update(StoredFile file) {
        UploadState state = file.state();
        ErrorCode code = state.code();
        return Updates.combine(
                Updates.set("metadata.mimeType", file.mimeType()),
                replace("metadata.use", use(file.use())),
                replace(UNUSED_BY, hasEnded(state) ? null : file.userId()),
                replace(STATUS, hasEnded(state) ? null : state.status().name()),
                replace(KEY, key(file)),
                Updates.set("metadata.since", Date.from(state.since())),
                replace("metadata.code", code == null ? null : code.name()),
                replace("metadata.message", state.message()));
    }

    private static Bson replace(String path, @Nullable Object value) {
        return value == null ? Updates.unset(path) : Updates.set(path, value);
    }

    /** Returns the filter for files whose bytes may change. */
    static Bson isOpen() {
        Bson isOfEarlierRelease = Filters.and(Filters.exists(STATUS, false), Filters.exists(UNUSED_BY));
        return Filters.or(Filters.eq(STATUS, UploadState.Status.OPEN.name()), isOfEarlierRelease);
    }

    /** Returns the number of writes that have begun. */
    static long writes(Document document) {
        return document.get(METADATA, Document.class)
                .get("writes", Number.class)
                .longValue();
    }

    /** Returns the filter for a file whose changeable facts are the given ones. */
    static Bson unchanged(StoredFile file) {
        UploadState state = file.state();
        StoredFile.Use use = file.use();
        // Documents of an earlier release have no status.
        Bson isSameStep = hasEnded(state)
                ? Filters.eq(STATUS, null)
                : Filters.in(STATUS, state.status().name(), null);
        Bson isSameTime = Filters.in("metadata.since", Date.from(state.since()), null);
        return Filters.and(
                Filters.eq("_id", file.id()),
                isSameStep,
                isSameTime,
                Filters.eq("metadata.use.messageId", use == null ? null : use.messageId()),
                Filters.eq("metadata.use.stored", use == null ? null : use.stored()));
    }

    static StoredFile read(Document document) {
        Document metadata = document.get(METADATA, Document.class);
        StoredFile file = new StoredFile(
                document.getString("_id"),
                metadata.getString("conversationId"),
                metadata.getString("userId"),
                document.getString("filename"),
                metadata.get("size", Number.class).longValue(),
                metadata.getString("mimeType"),
                metadata.getString("clientUploadId"),
                document.getDate("uploadDate").toInstant(),
                readUse(metadata.get(USE, Document.class)));
        Date since = metadata.getDate("since");
        // Documents of an earlier release have no state.
        return since == null ? file : file.at(state(metadata, since));
    }

    private static UploadState state(Document metadata, Date since) {
        String status = metadata.getString("status");
        String code = metadata.getString("code");
        return new UploadState(
                status == null ? UploadState.Status.ENDED : UploadState.Status.valueOf(status),
                since.toInstant(),
                code == null ? null : ErrorCode.valueOf(code),
                metadata.getString("message"));
    }

    private static StoredFile.@Nullable Use readUse(@Nullable Document use) {
        return use == null
                ? null
                : new StoredFile.Use(
                        use.getString("clientMessageId"), use.getString("messageId"), use.getBoolean("stored", false));
    }
}

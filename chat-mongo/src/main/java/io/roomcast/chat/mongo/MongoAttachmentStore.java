package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.spi.AttachmentStore;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store of uploaded files in GridFS of MongoDB 4.2 or later, in the collections {@code attachments.files} and {@code
 * attachments.chunks}. Any number of nodes may use one database.
 *
 * <p>The layout is that of GridFS, so other programs can read complete files with any driver. The driver itself cannot
 * continue an upload, so this store writes the chunks. A file is as long as its document says; bytes beyond that are of an
 * append that did not end. An append that began before another one, on another node, changes nothing once that has stored
 * bytes, and none begins when the upload is no longer open: what was inspected stays as it is.
 *
 * <p>On a sharded cluster, shard {@code attachments.chunks} by {@code files_id}. Safe for use by several threads; blocks
 * for as long as the client's timeouts allow.
 */
public final class MongoAttachmentStore implements AttachmentStore {
    private static final Logger log = LoggerFactory.getLogger(MongoAttachmentStore.class);
    private static final String ID = "_id";
    private static final String LENGTH = "length";
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);
    private static final FindOneAndUpdateOptions COUNTED = new FindOneAndUpdateOptions()
            .returnDocument(ReturnDocument.AFTER)
            .projection(Projections.include(FileDocument.WRITES));

    private final MongoCollection<Document> files;
    private final MongoCollection<Document> durableFiles;
    private final FileChunks chunks;
    private final Runnable closeClient;

    private MongoAttachmentStore(MongoDatabase host, Runnable closeClient) {
        MongoDatabase database = host.withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.LOCAL)
                .withWriteConcern(WriteConcern.W1);
        WriteConcern durable =
                WriteConcern.MAJORITY.withJournal(true).withWTimeout(WRITE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        this.files = database.getCollection("attachments.files");
        this.durableFiles = files.withWriteConcern(durable);
        this.chunks = new FileChunks(database.getCollection("attachments.chunks"));
        this.closeClient = closeClient;
        Failures.translating(() -> {
            chunks.createIndex();
            files.createIndex(new Document(FileDocument.UNUSED_BY, 1), new IndexOptions().sparse(true));
            files.createIndex(new Document(FileDocument.STATUS, 1), new IndexOptions().sparse(true));
            files.createIndex(
                    new Document(FileDocument.KEY, 1),
                    new IndexOptions().sparse(true).unique(true));
        });
    }

    /**
     * Connects to a database, and creates missing collections and indexes. Blocks until they exist. Closing the store closes
     * the connections.
     *
     * @param uri the connection string with the database's name, such as {@code mongodb://localhost:27017/chat}
     * @throws IllegalArgumentException if the string is malformed or names no database
     * @throws io.roomcast.chat.model.ChatException if the database cannot be reached
     */
    public static MongoAttachmentStore connect(String uri) {
        MongoUri address = MongoUri.parse(requireNonNull(uri, "uri"));
        MongoClient client = MongoClients.create(address.settings());
        try {
            return new MongoAttachmentStore(client.getDatabase(address.database()), client::close);
        } catch (RuntimeException failure) {
            client.close();
            throw failure;
        }
    }

    /**
     * Opens a store that uses the host's own client, and creates missing collections and indexes. Blocks until they exist.
     *
     * @param client the client, which the store does not close
     * @param database the database's name
     * @throws io.roomcast.chat.model.ChatException if the database cannot be reached
     */
    public static MongoAttachmentStore of(MongoClient client, String database) {
        return new MongoAttachmentStore(
                requireNonNull(client, "client").getDatabase(requireNonNull(database, "database")), () -> {});
    }

    private static Bson file(String id) {
        return Filters.eq(ID, requireNonNull(id, "id"));
    }

    @Override
    public boolean create(StoredFile file) {
        requireNonNull(file, "file");
        return Failures.writing(() -> tryInsert(FileDocument.write(file)));
    }

    private boolean tryInsert(Document document) {
        try {
            durableFiles.insertOne(document);
            return true;
        } catch (MongoWriteException failure) {
            if (!Failures.isDuplicateKey(failure)) {
                throw failure;
            }
            return false;
        }
    }

    @Override
    public Optional<StoredFile> find(String id) {
        return Failures.translating(
                () -> Optional.ofNullable(files.find(file(id)).first()).map(FileDocument::read));
    }

    @Override
    public boolean update(StoredFile before, StoredFile after) {
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        return Failures.writing(() -> durableFiles
                        .updateOne(FileDocument.unchanged(before), FileDocument.update(after))
                        .getMatchedCount()
                > 0);
    }

    @Override
    public long append(String id, long offset, ByteBuffer bytes) {
        return append(id, offset, List.of(requireNonNull(bytes, "bytes")));
    }

    /** Writes each chunk once, whatever the number of buffers. */
    @Override
    public long append(String id, long offset, List<ByteBuffer> parts) {
        int length = parts.stream().mapToInt(ByteBuffer::remaining).sum();
        return Failures.writing(() -> {
            OptionalLong write = length == 0 ? OptionalLong.empty() : beginWrite(id, offset);
            if (write.isEmpty()) {
                return size(id);
            }
            ByteBuffer bytes = ByteBuffer.allocate(length);
            parts.forEach(bytes::put);
            long end = offset + length;
            boolean isAppended =
                    chunks.write(id, offset, bytes.array(), write.getAsLong()) && setLength(id, write.getAsLong(), end);
            if (!isAppended) {
                removeIfDeleted(id);
                throw ChatException.of(ErrorCode.CONFLICT);
            }
            return end;
        });
    }

    /** Begins a write of an open file. Returns the write's number; empty if the file has another length or is not open. */
    private OptionalLong beginWrite(String id, long offset) {
        Bson isOpen = Filters.and(file(id), Filters.eq(LENGTH, offset), FileDocument.isOpen());
        return number(files.findOneAndUpdate(isOpen, Updates.inc(FileDocument.WRITES, 1L), COUNTED));
    }

    private static OptionalLong number(@Nullable Document counted) {
        return counted == null ? OptionalLong.empty() : OptionalLong.of(FileDocument.writes(counted));
    }

    /** Counts the bytes of a write, unless a later one has begun. */
    private boolean setLength(String id, long write, long length) {
        Bson unchanged = Filters.and(file(id), Filters.eq(FileDocument.WRITES, write));
        return files.updateOne(unchanged, Updates.set(LENGTH, length)).getMatchedCount() > 0;
    }

    /** Removes the chunks of a write during which the file was deleted. */
    private void removeIfDeleted(String id) {
        if (files.find(file(id)).projection(Projections.include(ID)).first() == null) {
            chunks.remove(id);
        }
    }

    @Override
    public long size(String id) {
        return Failures.translating(() -> {
            @Nullable
            Document found =
                    files.find(file(id)).projection(Projections.include(LENGTH)).first();
            return found == null ? 0L : found.get(LENGTH, Number.class).longValue();
        });
    }

    /** Sets the length first, so that the file never has a length without its bytes. */
    @Override
    public boolean clear(StoredFile file) {
        requireNonNull(file, "file");
        return Failures.writing(() -> {
            Bson empty = Updates.combine(Updates.set(LENGTH, 0L), Updates.inc(FileDocument.WRITES, 1L));
            OptionalLong write = number(durableFiles.findOneAndUpdate(FileDocument.unchanged(file), empty, COUNTED));
            write.ifPresent(number -> chunks.removeBefore(file.id(), number));
            return write.isPresent();
        });
    }

    /** Waits for the majority, which then has all earlier writes as well. */
    @Override
    public void sync(String id) {
        Failures.writing(() -> {
            durableFiles.updateOne(file(id), Updates.currentDate(FileDocument.SYNCED_AT));
        });
    }

    @Override
    public ReadableByteChannel read(String id, long from, long length) {
        long end = Math.min(size(id), from > Long.MAX_VALUE - length ? Long.MAX_VALUE : from + length);
        return new ChunkChannel(number -> Failures.translating(() -> chunks.data(id, number)), from, end);
    }

    /** Deletes the facts last, so that a deletion that a crash interrupts is repeated. */
    @Override
    public void delete(String id) {
        Failures.writing(() -> {
            chunks.remove(requireNonNull(id, "id"));
            durableFiles.deleteOne(file(id));
        });
    }

    @Override
    public List<StoredFile> uploadsOf(String userId) {
        return all(Filters.eq(FileDocument.UNUSED_BY, requireNonNull(userId, "userId")), 0);
    }

    @Override
    public List<StoredFile> unfinished(String after, int limit) {
        List<String> unfinished = Stream.of(UploadState.Status.values())
                .filter(UploadState.Status::isUnfinished)
                .map(Enum::name)
                .toList();
        return all(
                Filters.and(
                        Filters.in(FileDocument.STATUS, unfinished), Filters.gt(ID, requireNonNull(after, "after"))),
                limit);
    }

    @Override
    public List<StoredFile> list(String after, int limit) {
        return all(Filters.gt(ID, requireNonNull(after, "after")), limit);
    }

    private List<StoredFile> all(Bson filter, int limit) {
        return Failures.translating(
                () -> files.find(filter).sort(Sorts.ascending(ID)).limit(limit).into(new ArrayList<>()).stream()
                        .flatMap(found -> readable(found).stream())
                        .toList());
    }

    /** Returns the facts of a file; empty, with a warning, if they are not as this store writes them. */
    private static Optional<StoredFile> readable(Document document) {
        try {
            return Optional.of(FileDocument.read(document));
        } catch (ClassCastException | IllegalArgumentException | NullPointerException malformed) {
            log.warn("leaving out a malformed document of attachments.files: {}", document.get(ID));
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closeClient.run();
    }
}

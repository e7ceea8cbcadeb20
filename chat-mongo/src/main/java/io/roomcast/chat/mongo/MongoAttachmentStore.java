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
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.spi.AttachmentStore;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store of uploaded files in GridFS of MongoDB 4.2 or later, in the collections {@code attachments.files} and {@code
 * attachments.chunks}. Any number of nodes may use one database.
 *
 * <p>The layout is that of GridFS, so other programs can read complete files with any driver. The driver itself cannot
 * continue an upload, so this store writes the chunks. A chunk that is not full is written again with the next bytes. A
 * file is as long as its document says; bytes beyond that are of an append that did not end.
 *
 * <p>On a sharded cluster, shard {@code attachments.chunks} by {@code files_id}. Safe for use by several threads; blocks
 * for as long as the client's timeouts allow.
 */
public final class MongoAttachmentStore implements AttachmentStore {
    private static final Logger log = LoggerFactory.getLogger(MongoAttachmentStore.class);
    private static final String ID = "_id";
    private static final String LENGTH = "length";
    private static final String FILE = "files_id";
    private static final String NUMBER = "n";
    private static final String DATA = "data";

    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);

    private final MongoCollection<Document> files;
    private final MongoCollection<Document> durableFiles;
    private final MongoCollection<Document> chunks;
    private final Runnable closeClient;

    private MongoAttachmentStore(MongoDatabase host, Runnable closeClient) {
        MongoDatabase database = host.withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.LOCAL)
                .withWriteConcern(WriteConcern.W1);
        WriteConcern durable =
                WriteConcern.MAJORITY.withJournal(true).withWTimeout(WRITE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        this.files = database.getCollection("attachments.files");
        this.durableFiles = files.withWriteConcern(durable);
        this.chunks = database.getCollection("attachments.chunks");
        this.closeClient = closeClient;
        Failures.translating(() -> {
            chunks.createIndex(new Document(FILE, 1).append(NUMBER, 1), new IndexOptions().unique(true));
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

    private static Bson chunk(String id, int number) {
        return Filters.and(Filters.eq(FILE, id), Filters.eq(NUMBER, number));
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
        requireNonNull(bytes, "bytes");
        return Failures.writing(() -> {
            long size = size(id);
            if (size != offset || !bytes.hasRemaining() || !exists(id)) {
                return size;
            }
            long end = offset + bytes.remaining();
            writeChunks(id, offset, bytes);
            return setLength(id, offset, end) ? end : size(id);
        });
    }

    private boolean exists(String id) {
        return files.find(file(id)).projection(Projections.include(ID)).first() != null;
    }

    private boolean setLength(String id, long from, long to) {
        Bson unchanged = Filters.and(file(id), Filters.eq(LENGTH, from));
        return files.updateOne(unchanged, Updates.set(LENGTH, to)).getMatchedCount() > 0;
    }

    private void writeChunks(String id, long offset, ByteBuffer bytes) {
        int number = (int) (offset / FileDocument.CHUNK_BYTES);
        int begin = (int) (offset % FileDocument.CHUNK_BYTES);
        while (bytes.hasRemaining()) {
            byte[] before = begin == 0 ? new byte[0] : data(id, number);
            int added = Math.min(bytes.remaining(), FileDocument.CHUNK_BYTES - begin);
            // Keeps the bytes of another node that may have continued the same file further.
            byte[] chunk = Arrays.copyOf(before, Math.max(before.length, begin + added));
            bytes.get(chunk, begin, added);
            Document stored = new Document(FILE, id).append(NUMBER, number).append(DATA, new Binary(chunk));
            chunks.replaceOne(chunk(id, number), stored, new ReplaceOptions().upsert(true));
            number++;
            begin = 0;
        }
    }

    private byte[] data(String id, int number) {
        Document found = chunks.find(chunk(id, number)).first();
        return found == null ? new byte[0] : found.get(DATA, Binary.class).getData();
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
            boolean isSame = durableFiles
                            .updateOne(FileDocument.unchanged(file), Updates.set(LENGTH, 0L))
                            .getMatchedCount()
                    > 0;
            if (isSame) {
                chunks.deleteMany(Filters.eq(FILE, file.id()));
            }
            return isSame;
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
        return new ChunkChannel(number -> Failures.translating(() -> data(id, number)), from, end);
    }

    /** Deletes the facts last, so that a deletion that a crash interrupts is repeated. */
    @Override
    public void delete(String id) {
        Failures.writing(() -> {
            chunks.deleteMany(Filters.eq(FILE, requireNonNull(id, "id")));
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

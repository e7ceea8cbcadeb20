package io.roomcast.chat.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.Arrays;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * The chunks of files in GridFS. Each write has a number, which its file counts. A chunk keeps the number of the write that
 * has stored it, and no earlier write replaces it: one that another node began before the bytes were complete cannot change
 * them afterwards. Chunks of an earlier release have no number. Safe for use by several threads; blocks.
 */
final class FileChunks {
    private static final String FILE = "files_id";
    private static final String NUMBER = "n";
    private static final String DATA = "data";
    private static final String WRITE = "write";

    private final MongoCollection<Document> chunks;

    FileChunks(MongoCollection<Document> chunks) {
        this.chunks = chunks;
    }

    void createIndex() {
        chunks.createIndex(new Document(FILE, 1).append(NUMBER, 1), new IndexOptions().unique(true));
    }

    /**
     * Writes bytes. A chunk that is not full is written again with the next bytes.
     *
     * @param write the number of this write
     * @return false if a later write has begun, and has stored one of the chunks
     */
    boolean write(String fileId, long offset, byte[] bytes, long write) {
        int chunk = (int) (offset / FileDocument.CHUNK_BYTES);
        int begin = (int) (offset % FileDocument.CHUNK_BYTES);
        int written = 0;
        while (written < bytes.length) {
            int added = Math.min(bytes.length - written, FileDocument.CHUNK_BYTES - begin);
            byte[] data = begin == 0 ? new byte[added] : Arrays.copyOf(data(fileId, chunk), begin + added);
            System.arraycopy(bytes, written, data, begin, added);
            if (!replace(fileId, chunk, data, write)) {
                return false;
            }
            written += added;
            chunk++;
            begin = 0;
        }
        return true;
    }

    private boolean replace(String fileId, int number, byte[] data, long write) {
        Bson earlier = before(write).append(FILE, fileId).append(NUMBER, number);
        Bson stored = Updates.combine(Updates.set(DATA, new Binary(data)), Updates.set(WRITE, write));
        try {
            chunks.updateOne(earlier, stored, new UpdateOptions().upsert(true));
            return true;
        } catch (MongoWriteException failure) {
            if (failure.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw failure;
            }
            // There is a chunk: of a later write, or of an earlier one that has stored it at the same time.
            return chunks.updateOne(earlier, stored).getMatchedCount() > 0;
        }
    }

    /** Returns the condition for a chunk that an earlier write has stored. */
    private static Document before(long write) {
        return new Document(WRITE, new Document("$not", new Document("$gte", write)));
    }

    /** Returns the bytes of a chunk; empty if there is none. */
    byte[] data(String fileId, int number) {
        Document found =
                chunks.find(new Document(FILE, fileId).append(NUMBER, number)).first();
        return found == null ? new byte[0] : found.get(DATA, Binary.class).getData();
    }

    /** Removes what earlier writes have stored. */
    void removeBefore(String fileId, long write) {
        chunks.deleteMany(before(write).append(FILE, fileId));
    }

    /** Removes all chunks of a file. */
    void remove(String fileId) {
        chunks.deleteMany(new Document(FILE, fileId));
    }
}

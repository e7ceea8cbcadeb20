package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.StoredFile;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Stores the files that users upload: the facts of each, and its bytes.
 *
 * <p>The bytes of a file are appended in order, by one caller at a time. They may be read, and the file deleted, at the
 * same time. Other files are used concurrently.
 *
 * <p>Every method may block and is called on threads that may. A failure is a {@link
 * io.roomcast.chat.model.ChatException}, with {@link io.roomcast.chat.model.ErrorCode#STORAGE_UNAVAILABLE} if the storage
 * is full or cannot be reached. Authors of other stores extend {@code AttachmentStoreContract} of the test artifact.
 */
public interface AttachmentStore extends AutoCloseable {
    /** Returns an empty store in the memory of this process, for tests and small demonstrations. */
    static AttachmentStore inMemory() {
        return new InMemoryAttachmentStore();
    }

    /**
     * Opens a store in a folder, which is created if it does not exist. Only one store may use the folder, until it is
     * closed or its process ends. Blocks, and reads the names of all files.
     *
     * @throws IllegalStateException if another store uses the folder, in this process or in another one
     * @throws io.roomcast.chat.model.ChatException if the folder cannot be used
     */
    static AttachmentStore onDisk(Path folder) {
        return FolderAttachmentStore.open(requireNonNull(folder, "folder"));
    }

    /**
     * Returns a store of files whose bytes clients send to the host's own storage, and receive from it, by URLs that permit
     * one request. Then {@link #append} is never called, so clients cannot continue an upload and need no tus.
     *
     * <p>A URL is valid for some time, also after its upload was cancelled, and a request that began in time may end later.
     * So a deleted file is deleted once more an hour after its URLs have expired; until then {@link #list} still returns
     * its facts.
     *
     * @param facts keeps all but the bytes; closed with this store
     * @param storage keeps the bytes
     */
    static AttachmentStore direct(AttachmentStore facts, DirectStorage storage) {
        return direct(facts, storage, Clock.systemUTC());
    }

    /**
     * As {@link #direct(AttachmentStore, DirectStorage)}.
     *
     * @param clock determines whether URLs have expired
     */
    static AttachmentStore direct(AttachmentStore facts, DirectStorage storage, Clock clock) {
        return new DirectAttachmentStore(
                requireNonNull(facts, "facts"), requireNonNull(storage, "storage"), requireNonNull(clock, "clock"));
    }

    /** Returns the host's own storage, to which clients send the bytes; empty if this store receives them. */
    default Optional<DirectStorage> direct() {
        return Optional.empty();
    }

    /**
     * Stores the facts of a new file, which has no bytes yet. Of several callers with the same user and {@link
     * StoredFile#clientUploadId()} only one stores its file, on all servers with this store, until that upload has {@linkplain
     * io.roomcast.chat.model.UploadState.Status#ENDED ended} or its file is deleted. Files without that key are not compared.
     *
     * @return false, and stores nothing, if another file has the key
     */
    boolean create(StoredFile file);

    /** Returns the facts of a file; empty if it does not exist. */
    Optional<StoredFile> find(String id);

    /**
     * Replaces the facts of a file, if they are still as they were found. Of several callers with the same facts only one
     * replaces them. The media type, the use and the state may differ.
     *
     * @param before the facts as the store has returned them
     * @param after the facts to store
     * @return false if the facts are not those, or the file does not exist
     */
    boolean update(StoredFile before, StoredFile after);

    /**
     * Appends bytes. Appends none if the file does not have as many bytes as the offset says.
     *
     * @param bytes the bytes, all of which are read if they are appended
     * @return the number of bytes that the file has now; 0 if it does not exist
     * @throws io.roomcast.chat.model.ChatException with {@link io.roomcast.chat.model.ErrorCode#CONFLICT} if another node has
     *     continued or deleted the file at the same time
     */
    long append(String id, long offset, ByteBuffer bytes);

    /**
     * Appends the bytes of several buffers, one after the other. The server appends in this way what it has received at
     * once, up to about 1 MiB. By default, each buffer is appended on its own; a store for which one large write costs
     * less than several small ones overrides this.
     *
     * @param parts the bytes, all of which are read if they are appended
     * @return the number of bytes that the file has now; 0 if it does not exist
     */
    default long append(String id, long offset, List<ByteBuffer> parts) {
        long end = offset;
        for (ByteBuffer part : parts) {
            long from = end;
            end += part.remaining();
            long size = append(id, from, part);
            if (size != end) {
                return size;
            }
        }
        return parts.isEmpty() ? size(id) : end;
    }

    /** Returns the number of bytes that the file has; 0 if it does not exist. */
    long size(String id);

    /**
     * Removes the bytes, and keeps the facts, if they are still as they were found.
     *
     * @param file the facts as the store has returned them
     * @return false if the facts are not those, or the file does not exist; then the bytes are kept
     */
    boolean clear(StoredFile file);

    /** Makes the appended bytes durable. Called before a client learns that they are stored. */
    void sync(String id);

    /**
     * Opens bytes for reading. The caller closes the channel. If the file is deleted meanwhile, the channel may end early
     * or fail.
     *
     * @param from the first byte
     * @param length the number of bytes; the channel ends earlier if the file does
     */
    ReadableByteChannel read(String id, long from, long length);

    /** Deletes a file with its facts. Does nothing if it does not exist. */
    void delete(String id);

    /**
     * Returns the files of a user whose uploads have not {@linkplain
     * io.roomcast.chat.model.UploadState.Status#ENDED ended}, in no particular order.
     */
    List<StoredFile> uploadsOf(String userId);

    /**
     * Returns files whose uploads are {@linkplain io.roomcast.chat.model.UploadState.Status#isUnfinished unfinished}, in the
     * order of their ids.
     *
     * @param after the id after which the files follow; empty for the first ones
     * @param limit the maximum number of files
     */
    List<StoredFile> unfinished(String after, int limit);

    /**
     * Returns files in the order of their ids.
     *
     * @param after the id after which the files follow; empty for the first ones
     * @param limit the maximum number of files
     */
    List<StoredFile> list(String after, int limit);

    /** Releases the resources that the store itself opened. A second call has no effect. */
    @Override
    void close();
}

package io.roomcast.chat.spi;

import io.roomcast.chat.model.DirectTransfer;
import io.roomcast.chat.model.StoredFile;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/**
 * The host's own storage, to which clients send the bytes of files themselves, such as S3 with presigned URLs. With the
 * facts in another store it is an {@link AttachmentStore}: see {@link AttachmentStore#direct(AttachmentStore,
 * DirectStorage)}.
 *
 * <p>A file must not change once it is stored: a URL that stores a file twice would let its sender replace it after it was
 * inspected. Every method may block and is called on threads that may. A failure is a {@link
 * io.roomcast.chat.model.ChatException}, with {@link io.roomcast.chat.model.ErrorCode#STORAGE_UNAVAILABLE} if the storage
 * cannot be reached.
 */
public interface DirectStorage {
    /**
     * Returns the request by which the uploader stores a file. The storage refuses a body of another length than {@link
     * StoredFile#size()}, and a second one. Also called for a file that is deleted, to determine until when an earlier
     * request may still store it; then it is deleted again.
     */
    DirectTransfer upload(StoredFile file);

    /**
     * Returns a URL by which a client reads a file for some minutes; empty if the server shall read it for the client.
     *
     * @param contentType the type with which the storage must send the file, so that no browser runs it
     * @param contentDisposition whether a browser may show the file, and the name under which it saves it
     */
    Optional<String> download(StoredFile file, String contentType, String contentDisposition);

    /** Returns the number of bytes that a file has; 0 if it is not stored. */
    long size(String id);

    /**
     * Opens bytes for reading. The caller closes the channel.
     *
     * @param from the first byte
     * @param length the number of bytes; the channel ends earlier if the file does
     */
    ReadableByteChannel read(String id, long from, long length);

    /** Deletes the bytes of a file. Does nothing if it is not stored. */
    void delete(String id);
}

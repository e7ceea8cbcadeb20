package io.roomcast.chat.spi;

import io.roomcast.chat.model.StoredFile;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/**
 * Inspects every uploaded file when all of it is stored, before a message can refer to it: for malware, or for the type
 * that its bytes have.
 *
 * <p>Called on threads kept for this purpose, for up to eight files at the same time, of which two are of the same user;
 * others wait. It may block for up to 60 seconds, including the wait for a thread. After that it is interrupted. No file is sent without a verdict: after an
 * exception, or without a verdict in time, the file is inspected again when its uploader asks for it, and from time to
 * time. A {@link io.roomcast.chat.model.ServiceUnavailableException} reports that the inspector cannot work now.
 */
@FunctionalInterface
public interface FileInspector {
    /**
     * Decides about a file.
     *
     * @param file what the uploader stated about the file
     * @param bytes all bytes of the file, which may be read in part; closed after the call
     * @throws IOException if the file or the inspector cannot be reached
     */
    FileVerdict inspect(StoredFile file, ReadableByteChannel bytes) throws IOException;

    /** Returns an inspector that accepts every file. Always returns the same inspector. */
    static FileInspector none() {
        return AcceptingInspector.INSTANCE;
    }
}

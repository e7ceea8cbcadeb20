package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

/**
 * Notifies a room that more bytes are stored of a file whose message the chat will send. At most four each second for an
 * upload, and eight for a room.
 *
 * @param conversationId the room
 * @param userId the user who uploads the file
 * @param uploadId the upload
 * @param fileName the name of the file
 * @param loaded the number of bytes that are stored
 * @param total the size of the file in bytes
 */
public record UploadProgress(
        String conversationId, String userId, String uploadId, String fileName, long loaded, long total)
        implements UserActivity {
    /** Rejects null. */
    public UploadProgress {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
        requireNonNull(uploadId, "uploadId");
        requireNonNull(fileName, "fileName");
    }
}

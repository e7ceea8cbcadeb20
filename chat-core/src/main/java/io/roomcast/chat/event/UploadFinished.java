package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.UploadOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Notifies of the end of an upload: the sessions of the uploader, and those in the room if the chat was to send the file.
 *
 * @param conversationId the room
 * @param userId the user who uploaded the file
 * @param uploadId the upload
 * @param fileName the name of the file
 * @param outcome how it ended
 * @param messageId the message with the file, or null if the chat sent none
 * @param fileUrl the URL of the file in messages, or null if no message can refer to it
 * @param code why the file or its message was refused, or null unless it was
 */
public record UploadFinished(
        String conversationId,
        String userId,
        String uploadId,
        String fileName,
        UploadOutcome outcome,
        @Nullable String messageId,
        @Nullable String fileUrl,
        @Nullable ErrorCode code)
        implements ChatEvent {
    /** Rejects null for required components. */
    public UploadFinished {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
        requireNonNull(uploadId, "uploadId");
        requireNonNull(fileName, "fileName");
        requireNonNull(outcome, "outcome");
    }

    @Override
    public Delivery delivery() {
        return Delivery.REQUIRED;
    }
}

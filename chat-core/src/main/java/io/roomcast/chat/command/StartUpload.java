package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.StoredFile;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Begins the upload of a file, which a message of the same user to the same conversation may refer to when it is
 * complete. The bytes follow by HTTP.
 *
 * <p>Fails with {@link ErrorCode#NOT_SUPPORTED} if the host keeps no files, {@link ErrorCode#FILE_TOO_LARGE} above {@link
 * Limits#fileBytes()}, {@link ErrorCode#UPLOAD_LIMIT} above {@link Limits#uploadsPerUser()}, and {@link
 * ErrorCode#QUOTA_EXCEEDED} above {@link Limits#uploadBytesPerDay()}.
 *
 * @param conversationId the conversation
 * @param fileName the name of the file
 * @param fileSize the size in bytes
 * @param mimeType the media type, or null if unknown
 * @param clientUploadId the idempotency key, or null for none; a retry with the same key returns the upload that exists
 */
public record StartUpload(
        String conversationId,
        String fileName,
        long fileSize,
        @Nullable String mimeType,
        @Nullable String clientUploadId)
        implements Command<StartUpload.Started> {
    /** Rejects null. */
    public StartUpload {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(fileName, "fileName");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.SEND);
    }

    @Override
    public Optional<Permission> permission() {
        return Optional.of(Permission.SEND_FILE);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /**
     * The upload may begin, or continue.
     *
     * @param file the file
     * @param offset the number of bytes that are stored
     * @param expiresAt the time at which the upload is deleted, unless a message refers to the file
     */
    public record Started(StoredFile file, long offset, Instant expiresAt) {
        /** Rejects null. */
        public Started {
            requireNonNull(file, "file");
            requireNonNull(expiresAt, "expiresAt");
        }
    }
}

package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import java.util.Optional;

/**
 * Deletes a file of the user's own, complete or not. Fails with {@link ErrorCode#UPLOAD_NOT_FOUND} for any other file, and
 * with {@link ErrorCode#CONFLICT} if a message refers to it.
 *
 * @param uploadId the upload
 */
public record CancelUpload(String uploadId) implements UserCommand<CancelUpload.Cancelled> {
    /** Rejects null. */
    public CancelUpload {
        requireNonNull(uploadId, "uploadId");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /** The file is deleted. */
    public record Cancelled() {}
}

package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import java.util.Optional;

/**
 * Reads how much of a file of the user's own is uploaded. Fails with {@link ErrorCode#UPLOAD_NOT_FOUND} for any other
 * file.
 *
 * @param uploadId the upload
 */
public record GetUpload(String uploadId) implements UserCommand<StartUpload.Started> {
    /** Rejects null. */
    public GetUpload {
        requireNonNull(uploadId, "uploadId");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.READS);
    }
}

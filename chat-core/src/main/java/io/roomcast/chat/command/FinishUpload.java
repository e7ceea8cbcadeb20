package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import java.util.Optional;

/**
 * Reports that a file is in the host's own storage. Fails with {@link ErrorCode#UPLOAD_NOT_FOUND} for a file of another
 * user, and with {@link ErrorCode#CONFLICT} if the storage does not have all of it, or the bytes go to this server.
 *
 * @param uploadId the upload
 */
public record FinishUpload(String uploadId) implements UserCommand<StartUpload.Started> {
    /** Rejects null. */
    public FinishUpload {
        requireNonNull(uploadId, "uploadId");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }
}

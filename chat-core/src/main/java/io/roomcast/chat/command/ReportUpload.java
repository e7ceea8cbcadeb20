package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import java.util.Optional;

/**
 * Reports how much of a file its uploader has sent to the host's own storage, for the progress that the room sees. Fails
 * with {@link ErrorCode#UPLOAD_NOT_FOUND} for a file of another user, and with {@link ErrorCode#CONFLICT} if the bytes go
 * to this server, which knows how many it has.
 *
 * @param uploadId the upload
 * @param loaded the number of bytes
 */
public record ReportUpload(String uploadId, long loaded) implements UserCommand<ReportUpload.Reported> {
    /** Rejects null. */
    public ReportUpload {
        requireNonNull(uploadId, "uploadId");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /** The report was received. */
    public record Reported() {}
}

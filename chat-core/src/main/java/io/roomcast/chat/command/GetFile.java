package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import java.util.Optional;

/**
 * Reads the facts of a file that a message refers to, for users who may read the conversation. Fails with {@link
 * ErrorCode#UPLOAD_NOT_FOUND} if no message refers to the file.
 *
 * @param fileId the file
 */
public record GetFile(String fileId) implements UserCommand<GetFile.Found> {
    /** Rejects null. */
    public GetFile {
        requireNonNull(fileId, "fileId");
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.READS);
    }

    /** The file. */
    public record Found(StoredFile file) {
        /** Rejects null. */
        public Found {
            requireNonNull(file, "file");
        }
    }
}

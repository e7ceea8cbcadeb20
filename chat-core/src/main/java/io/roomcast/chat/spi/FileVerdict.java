package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file that a user has uploaded may be sent. Immutable.
 *
 * @param code why it may not be sent, or null if it may
 * @param mimeType the media type to state in place of the uploader's, or null to keep that one
 */
public record FileVerdict(
        @Nullable ErrorCode code, @Nullable String mimeType) {
    private static final FileVerdict ACCEPTED = new FileVerdict(null, null);

    /** Rejects a media type that is empty, too long, or of a file that may not be sent. */
    public FileVerdict {
        if (mimeType != null
                && (code != null || mimeType.isEmpty() || mimeType.length() > FixedLimits.MIME_TYPE_LENGTH)) {
            throw new IllegalArgumentException("mimeType: " + mimeType.length() + " characters (expected: 1 to "
                    + FixedLimits.MIME_TYPE_LENGTH + ", of a file that may be sent)");
        }
    }

    /** Returns the verdict that the file may be sent. */
    public static FileVerdict accept() {
        return ACCEPTED;
    }

    /**
     * Returns the verdict that the file may be sent with another media type than its uploader stated.
     *
     * @param mimeType the media type
     */
    public static FileVerdict accept(String mimeType) {
        return new FileVerdict(null, requireNonNull(mimeType, "mimeType"));
    }

    /**
     * Returns the verdict that the file may not be sent. Its bytes are removed.
     *
     * @param code the reason, such as {@link ErrorCode#FILE_TYPE_BLOCKED}, which the uploader receives
     */
    public static FileVerdict reject(ErrorCode code) {
        return new FileVerdict(requireNonNull(code, "code"), null);
    }
}

package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A reference to a file that is stored elsewhere. Immutable.
 *
 * @param fileUrl the location of the file: an http or https URL, or an absolute path on this server
 * @param fileName the name to show and to save under, or null if unknown
 * @param fileSize the size in bytes, or null if unknown
 * @param mimeType the media type as in RFC 6838, or null if unknown
 */
public record Attachment(
        String fileUrl,
        @Nullable String fileName,
        @Nullable Long fileSize,
        @Nullable String mimeType) {
    /** Rejects a missing URL. */
    public Attachment {
        requireNonNull(fileUrl, "fileUrl");
    }
}

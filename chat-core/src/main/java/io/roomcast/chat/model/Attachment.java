package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A file that a message points at; its bytes are elsewhere. Immutable.
 *
 * @param fileUrl where the bytes are: an http or https URL, or a path of this server
 * @param fileName the name to show and to save under; null if unknown
 * @param fileSize the size in bytes; null if unknown
 * @param mimeType the media type, as in RFC 6838; null if unknown
 */
public record Attachment(
        String fileUrl,
        @Nullable String fileName,
        @Nullable Long fileSize,
        @Nullable String mimeType) {
    /** Checks that there is a URL. */
    public Attachment {
        requireNonNull(fileUrl, "fileUrl");
    }
}

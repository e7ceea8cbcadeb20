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
 * @param width the width of an image or a video in pixels, or null if unknown
 * @param height the height of an image or a video in pixels, or null if unknown
 * @param durationMs the duration of a sound or a video in milliseconds, or null if unknown
 * @param thumbnailUrl the location of a small image of the file, in the form of {@code fileUrl}, or null if none
 */
public record Attachment(
        String fileUrl,
        @Nullable String fileName,
        @Nullable Long fileSize,
        @Nullable String mimeType,
        @Nullable Long width,
        @Nullable Long height,
        @Nullable Long durationMs,
        @Nullable String thumbnailUrl) {
    /** Rejects a missing URL. */
    public Attachment {
        requireNonNull(fileUrl, "fileUrl");
    }

    /** Creates a reference without what only images, sounds and videos have. */
    public Attachment(String fileUrl, @Nullable String fileName, @Nullable Long fileSize, @Nullable String mimeType) {
        this(fileUrl, fileName, fileSize, mimeType, null, null, null, null);
    }

    /** Returns a copy with another location of the file. */
    public Attachment withUrl(String url) {
        return new Attachment(
                requireNonNull(url, "url"), fileName, fileSize, mimeType, width, height, durationMs, thumbnailUrl);
    }

    /** Returns whether the file has no dimensions, no duration and no thumbnail. */
    public boolean isPlain() {
        return width == null && height == null && durationMs == null && thumbnailUrl == null;
    }

    /** Returns the number of UTF-16 units of all its texts. */
    int textLength() {
        return fileUrl.length() + length(fileName) + length(mimeType) + length(thumbnailUrl);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}

package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file that a user uploads, apart from its bytes. Immutable.
 *
 * @param id the id, which cannot be guessed; also that of its upload
 * @param conversationId the conversation whose members may read the file
 * @param userId the user who uploads it
 * @param name the name to show and to save under
 * @param size the size in bytes when all of it is uploaded
 * @param mimeType the media type that the uploader stated
 * @param clientUploadId the key of the uploader under which a repeated request finds the upload, or null
 * @param createdAt the time at which the upload began
 * @param use the message that refers to the file, or null if none does
 * @param state the step that the upload has reached
 */
public record StoredFile(
        String id,
        String conversationId,
        String userId,
        String name,
        long size,
        String mimeType,
        @Nullable String clientUploadId,
        Instant createdAt,
        @Nullable Use use,
        UploadState state) {
    /** The beginning of the URL of every file in a message: {@value}. The id follows. */
    public static final String PATH = "/api/files/";

    /** The media type of a file whose type is unknown: {@value}. */
    public static final String UNKNOWN_TYPE = "application/octet-stream";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Rejects null, and drops what is less than a millisecond. */
    public StoredFile {
        requireNonNull(id, "id");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(userId, "userId");
        requireNonNull(name, "name");
        requireNonNull(mimeType, "mimeType");
        createdAt = requireNonNull(createdAt, "createdAt").truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(state, "state");
    }

    /** Creates a file whose upload is open, or has ended if a message refers to it. Its uploader sends the message. */
    public StoredFile(
            String id,
            String conversationId,
            String userId,
            String name,
            long size,
            String mimeType,
            @Nullable String clientUploadId,
            Instant createdAt,
            @Nullable Use use) {
        this(id, conversationId, userId, name, size, mimeType, clientUploadId, createdAt, use, first(use, createdAt));
    }

    private static UploadState first(@Nullable Use use, Instant createdAt) {
        UploadState open = UploadState.open(requireNonNull(createdAt, "createdAt"));
        if (use == null) {
            return open;
        }
        return open.at(use.stored() ? UploadState.Status.ENDED : UploadState.Status.READY, createdAt);
    }

    /**
     * The message that a file belongs to.
     *
     * @param clientMessageId the message's idempotency key
     * @param messageId the message's id
     * @param stored whether the message is known to be stored; otherwise it may never be
     */
    public record Use(String clientMessageId, String messageId, boolean stored) {
        /** Rejects null. */
        public Use {
            requireNonNull(clientMessageId, "clientMessageId");
            requireNonNull(messageId, "messageId");
        }
    }

    /** Returns whether a file may have the id. */
    public static boolean isId(String id) {
        return ID.matcher(requireNonNull(id, "id")).matches();
    }

    /** Returns the URL of the file in a message. It has no signature. */
    public String url() {
        return PATH + id;
    }

    /** Returns the id of the file that a URL in a message refers to; empty if the URL is not that of a stored file. */
    public static Optional<String> idOf(String url) {
        if (!requireNonNull(url, "url").startsWith(PATH)) {
            return Optional.empty();
        }
        int query = url.indexOf('?');
        String id = url.substring(PATH.length(), query < 0 ? url.length() : query);
        return isId(id) ? Optional.of(id) : Optional.empty();
    }

    /** Returns whether the uploader has given both files the same key; false without a key. */
    public boolean hasKeyOf(StoredFile other) {
        return requireNonNull(other, "other").userId.equals(userId)
                && clientUploadId != null
                && clientUploadId.equals(other.clientUploadId);
    }

    /** Returns a copy that belongs to a message. */
    public StoredFile usedBy(Use message) {
        return with(mimeType, requireNonNull(message, "message"), state);
    }

    /** Returns a copy whose upload is at another step. */
    public StoredFile at(UploadState next) {
        return with(mimeType, use, requireNonNull(next, "next"));
    }

    /** Returns a copy with another media type. */
    public StoredFile ofType(String type) {
        return with(requireNonNull(type, "type"), use, state);
    }

    private StoredFile with(String type, @Nullable Use message, UploadState upload) {
        return new StoredFile(id, conversationId, userId, name, size, type, clientUploadId, createdAt, message, upload);
    }
}

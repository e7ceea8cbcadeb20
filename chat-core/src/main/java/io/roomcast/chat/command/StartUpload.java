package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.DirectTransfer;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.StoredFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Begins the upload of a file, which a message of the same user to the same conversation may refer to when it is
 * complete, or which the chat sends itself. The bytes follow by HTTP.
 *
 * <p>Fails with {@link ErrorCode#NOT_SUPPORTED} if the host keeps no files, {@link ErrorCode#FILE_TOO_LARGE} above {@link
 * Limits#fileBytes()}, {@link ErrorCode#UPLOAD_LIMIT} above {@link Limits#uploadsPerUser()}, and {@link
 * ErrorCode#QUOTA_EXCEEDED} above {@link Limits#uploadBytesPerDay()}.
 *
 * @param conversationId the conversation
 * @param fileName the name of the file
 * @param fileSize the size in bytes
 * @param mimeType the media type, or null if unknown
 * @param clientUploadId the idempotency key, or null for none; a retry with the same key returns the upload that exists,
 *     also in the first minutes after its message was sent
 * @param message the message that the chat sends in the user's name when the file is complete, or null if the user sends
 *     it; the attachment with the URL {@value #THIS_FILE} stands for the file, which otherwise becomes the last one. The
 *     rules are those of {@link SendMessage}; they are checked now, and its permissions again when it is sent
 */
public record StartUpload(
        String conversationId,
        String fileName,
        long fileSize,
        @Nullable String mimeType,
        @Nullable String clientUploadId,
        @Nullable SendMessage message)
        implements Command<StartUpload.Started> {
    /** The URL of the attachment that stands for the file of the upload: {@value}. */
    public static final String THIS_FILE = StoredFile.PATH;

    /** The message must be for the same conversation. */
    public StartUpload {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(fileName, "fileName");
        if (message != null && !message.conversationId().equals(conversationId)) {
            throw new IllegalArgumentException("message.conversationId: (expected: that of the upload)");
        }
    }

    /** Begins the upload of a file that its user sends. */
    public StartUpload(
            String conversationId,
            String fileName,
            long fileSize,
            @Nullable String mimeType,
            @Nullable String clientUploadId) {
        this(conversationId, fileName, fileSize, mimeType, clientUploadId, null);
    }

    /**
     * Returns the message with the file among its attachments.
     *
     * @param message the message of the command
     * @param fileUrl the URL of the file
     */
    public static SendMessage withFile(SendMessage message, String fileUrl) {
        requireNonNull(fileUrl, "fileUrl");
        List<Attachment> attachments =
                new ArrayList<>(requireNonNull(message, "message").attachments());
        attachments.replaceAll(
                attachment -> attachment.fileUrl().equals(THIS_FILE) ? attachment.withUrl(fileUrl) : attachment);
        if (attachments.stream().noneMatch(attachment -> attachment.fileUrl().equals(fileUrl))) {
            attachments.add(new Attachment(fileUrl, null, null, null));
        }
        return message.withAttachments(attachments);
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.SEND);
    }

    @Override
    public Optional<Permission> permission() {
        return Optional.of(Permission.SEND_FILE);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(message == null ? RateKind.OTHERS : RateKind.MESSAGES);
    }

    /**
     * The upload may begin, or continue.
     *
     * @param file the file
     * @param offset the number of bytes that are stored
     * @param expiresAt the time at which the upload is deleted, unless a message refers to the file
     * @param maxBytes the maximum size of a file, in bytes: {@link Limits#fileBytes()}
     * @param direct the request by which the client stores the file in the host's own storage; null if it sends the bytes to
     *     this server, or if no bytes are missing
     */
    public record Started(
            StoredFile file,
            long offset,
            Instant expiresAt,
            long maxBytes,
            @Nullable DirectTransfer direct) {
        /** Rejects null. */
        public Started {
            requireNonNull(file, "file");
            requireNonNull(expiresAt, "expiresAt");
        }

        /** Returns the same upload with another number of stored bytes. */
        public Started at(long bytes) {
            return new Started(file, bytes, expiresAt, maxBytes, bytes < file.size() ? direct : null);
        }
    }
}

package io.roomcast.chat.internal.upload;

import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.command.StartUpload.Started;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.DirectTransfer;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadOutcome;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.spi.AttachmentStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins and ends the uploads of users, within the limits. Safe for use by any thread; blocks for the store. */
public final class Uploads {
    private static final int ID_BYTES = 16;

    /** More are needed only if uploads with the same key begin and end all the time. */
    private static final int ATTEMPTS = 5;

    private final AttachmentStore store;
    private final UploadNotices notices;
    private final UploadExpiry expiry;
    private final Limits limits;
    private final Clock clock;
    private final UploadQuota quota;
    private final SecureRandom random = new SecureRandom();

    Uploads(AttachmentStore store, UploadNotices notices, UploadExpiry expiry, Limits limits, Clock clock) {
        this.store = store;
        this.notices = notices;
        this.expiry = expiry;
        this.limits = limits;
        this.clock = clock;
        this.quota = new UploadQuota(limits.uploadBytesPerDay(), clock);
    }

    /**
     * Begins an upload, or returns the user's upload that has the same key.
     *
     * @param attributes those of the user's principal
     */
    public Started start(StartUpload command, String userId, Map<String, String> attributes) {
        for (int i = 0; i < ATTEMPTS; i++) {
            List<StoredFile> uploads = store.uploadsOf(userId);
            uploads.stream().filter(this::isForgotten).forEach(this::end);
            Optional<StoredFile> existing = uploads.stream()
                    .filter(file -> command.clientUploadId() != null
                            && command.clientUploadId().equals(file.clientUploadId())
                            && !isForgotten(file))
                    .findFirst();
            if (existing.isPresent()) {
                return goOn(command, existing.get());
            }
            requireAllowed(command, uploads);
            StoredFile file = fileOf(command, userId, attributes);
            if (tryCreate(file)) {
                return started(file);
            }
        }
        throw ChatException.of(ErrorCode.UNAVAILABLE);
    }

    /** Returns whether the upload has ended so long ago that a repeated request begins another one. */
    private boolean isForgotten(StoredFile file) {
        return UploadExpiry.hasEnded(file) && expiry.isOver(file);
    }

    private void end(StoredFile file) {
        if (file.state().status() == UploadState.Status.SENT) {
            store.update(file, file.at(file.state().at(UploadState.Status.ENDED, clock.instant())));
        } else {
            store.delete(file.id());
        }
    }

    private Started goOn(StartUpload command, StoredFile file) {
        boolean isSame = file.conversationId().equals(command.conversationId())
                && file.name().equals(command.fileName())
                && file.size() == command.fileSize();
        if (!isSame) {
            throw ChatException.of(ErrorCode.CONFLICT);
        }
        return started(file);
    }

    private void requireAllowed(StartUpload command, List<StoredFile> uploads) {
        if (command.fileSize() > limits.fileBytes()) {
            throw ChatException.of(ErrorCode.FILE_TOO_LARGE);
        }
        long open = uploads.stream().filter(this::isIncomplete).count();
        if (open >= limits.uploadsPerUser()) {
            throw ChatException.of(ErrorCode.UPLOAD_LIMIT);
        }
    }

    private StoredFile fileOf(StartUpload command, String userId, Map<String, String> attributes) {
        Instant now = clock.instant();
        SendMessage message = command.message();
        return new StoredFile(
                newId(),
                command.conversationId(),
                userId,
                command.fileName(),
                command.fileSize(),
                Objects.requireNonNullElse(command.mimeType(), StoredFile.UNKNOWN_TYPE),
                command.clientUploadId(),
                now,
                null,
                message == null
                        ? UploadState.open(now)
                        : UploadState.toBeSent(now, new PlannedMessage(message, attributes).write()));
    }

    /** Returns false if another request, perhaps at another server, has begun the upload with the same key meanwhile. */
    private boolean tryCreate(StoredFile file) {
        if (!quota.tryAdd(file.userId(), file.size())) {
            throw ChatException.of(ErrorCode.QUOTA_EXCEEDED);
        }
        boolean isCreated = false;
        try {
            isCreated = store.create(file);
        } finally {
            if (!isCreated) {
                quota.remove(file.userId(), file.size());
            }
        }
        return isCreated;
    }

    private boolean isIncomplete(StoredFile file) {
        return file.state().status() == UploadState.Status.OPEN && store.size(file.id()) < file.size();
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    private Started started(StoredFile file) {
        boolean isSent = file.state().status().isSent();
        return started(file, isSent ? file.size() : store.size(file.id()));
    }

    /**
     * Returns what a client learns of a file with the given number of bytes. Does not block if it is whole, or clients send
     * the bytes to this server.
     */
    public Started started(StoredFile file, long offset) {
        return new Started(file, offset, expiry.of(file), limits.fileBytes(), direct(file, offset));
    }

    private @Nullable DirectTransfer direct(StoredFile file, long offset) {
        boolean needsBytes = file.state().status() == UploadState.Status.OPEN && offset < file.size();
        return needsBytes ? store.direct().map(storage -> storage.upload(file)).orElse(null) : null;
    }

    /** Deletes the user's files whose uploads have not ended, with the messages that the chat would send. */
    public void erase(String userId) {
        store.uploadsOf(userId).forEach(file -> store.delete(file.id()));
    }

    /** Returns an upload of the user. */
    public Started find(String uploadId, String userId) {
        return started(require(uploadId, userId));
    }

    private StoredFile require(String uploadId, String userId) {
        return store.find(uploadId)
                .filter(file -> file.userId().equals(userId))
                .orElseThrow(() -> ChatException.of(ErrorCode.UPLOAD_NOT_FOUND));
    }

    /** Deletes a file of the user that no message refers to. */
    public CancelUpload.Cancelled cancel(String uploadId, String userId) {
        StoredFile file = require(uploadId, userId);
        // Stops the completion of the upload first, which may run on any server.
        while (!store.update(file, cancelled(file))) {
            file = require(uploadId, userId);
        }
        store.delete(uploadId);
        if (file.state().status() != UploadState.Status.REJECTED) {
            notices.finished(file, UploadOutcome.CANCELLED, null, null);
        }
        return new CancelUpload.Cancelled();
    }

    private StoredFile cancelled(StoredFile file) {
        if (file.use() != null && file.state().status() != UploadState.Status.REJECTED) {
            throw ChatException.of(ErrorCode.CONFLICT);
        }
        return file.at(file.state().rejected(clock.instant(), ErrorCode.UPLOAD_NOT_FOUND));
    }
}

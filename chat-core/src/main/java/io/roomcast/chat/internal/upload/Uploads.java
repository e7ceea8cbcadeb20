package io.roomcast.chat.internal.upload;

import io.roomcast.chat.command.CancelUpload;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.command.StartUpload.Started;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.spi.AttachmentStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Begins and ends the uploads of users, within the limits. Safe for use by any thread; blocks for the store. */
public final class Uploads {
    private static final int ID_BYTES = 16;

    private final AttachmentStore store;
    private final Limits limits;
    private final Clock clock;
    private final UploadQuota quota;
    private final SecureRandom random = new SecureRandom();

    Uploads(AttachmentStore store, Limits limits, Clock clock) {
        this.store = store;
        this.limits = limits;
        this.clock = clock;
        this.quota = new UploadQuota(limits.uploadBytesPerDay(), clock);
    }

    /** Begins an upload, or returns the user's upload that has the same key. */
    public Started start(StartUpload command, String userId) {
        List<StoredFile> unused = store.unusedOf(userId);
        Optional<StoredFile> existing = unused.stream()
                .filter(file -> command.clientUploadId() != null
                        && command.clientUploadId().equals(file.clientUploadId()))
                .findFirst();
        return existing.isPresent() ? goOn(command, existing.get()) : started(create(command, userId, unused));
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

    private StoredFile create(StartUpload command, String userId, List<StoredFile> unused) {
        if (command.fileSize() > limits.fileBytes()) {
            throw ChatException.of(ErrorCode.FILE_TOO_LARGE);
        }
        long open = unused.stream().filter(file -> !isComplete(file)).count();
        if (open >= limits.uploadsPerUser()) {
            throw ChatException.of(ErrorCode.UPLOAD_LIMIT);
        }
        if (!quota.tryAdd(userId, command.fileSize())) {
            throw ChatException.of(ErrorCode.QUOTA_EXCEEDED);
        }
        StoredFile file = new StoredFile(
                newId(),
                command.conversationId(),
                userId,
                command.fileName(),
                command.fileSize(),
                Objects.requireNonNullElse(command.mimeType(), StoredFile.UNKNOWN_TYPE),
                command.clientUploadId(),
                clock.instant(),
                null);
        store.create(file);
        return file;
    }

    private boolean isComplete(StoredFile file) {
        return store.size(file.id()) == file.size();
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    private Started started(StoredFile file) {
        return new Started(file, store.size(file.id()), file.createdAt().plus(limits.uploadExpiry()));
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
        if (file.use() != null) {
            throw ChatException.of(ErrorCode.CONFLICT);
        }
        store.delete(uploadId);
        return new CancelUpload.Cancelled();
    }
}

package io.roomcast.chat.internal.upload;

import io.roomcast.chat.command.FinishUpload;
import io.roomcast.chat.command.ReportUpload;
import io.roomcast.chat.command.StartUpload.Started;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.spi.AttachmentStore;
import java.util.concurrent.CompletionStage;

/**
 * Receives what clients report of files that they send to the host's own storage. Believes nothing but how much was sent,
 * which only others see. Safe for use by any thread; never blocks.
 */
public final class DirectUploads {
    private final AttachmentStore store;
    private final StoreCalls calls;
    private final Uploads uploads;
    private final UploadCompletion completion;
    private final UploadNotices notices;

    DirectUploads(
            AttachmentStore store,
            StoreCalls calls,
            Uploads uploads,
            UploadCompletion completion,
            UploadNotices notices) {
        this.store = store;
        this.calls = calls;
        this.uploads = uploads;
        this.completion = completion;
        this.notices = notices;
    }

    /** Notifies the room of the progress of an upload. */
    public CompletionStage<ReportUpload.Reported> report(ReportUpload command, String userId) {
        return calls.call(userId, () -> require(command.uploadId(), userId)).thenApply(file -> {
            if (command.loaded() > file.size()) {
                throw ChatException.invalid("loaded", "at most the size of the file");
            }
            notices.progress(file, command.loaded());
            return new ReportUpload.Reported();
        });
    }

    /** Completes an upload whose bytes are all stored. */
    public CompletionStage<Started> finish(FinishUpload command, String userId) {
        return calls.call(userId, () -> requireWhole(command.uploadId(), userId))
                .thenCompose(file -> completion.complete(file.id()))
                .thenApply(this::finished);
    }

    private Started finished(StoredFile file) {
        ErrorCode code = file.state().code();
        if (code != null) {
            throw ChatException.of(code);
        }
        return uploads.started(file, file.size());
    }

    private StoredFile require(String uploadId, String userId) {
        StoredFile found = store.find(uploadId)
                .filter(file -> file.userId().equals(userId))
                .orElseThrow(() -> ChatException.of(ErrorCode.UPLOAD_NOT_FOUND));
        if (store.direct().isEmpty()) {
            throw ChatException.of(ErrorCode.CONFLICT);
        }
        return found;
    }

    private StoredFile requireWhole(String uploadId, String userId) {
        StoredFile file = require(uploadId, userId);
        boolean isOpen = file.state().status() == UploadState.Status.OPEN;
        if (isOpen && store.size(uploadId) != file.size()) {
            throw ChatException.of(ErrorCode.CONFLICT);
        }
        return file;
    }
}

package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.StoredFile;

/** Checks the form of requests about uploaded files. */
public final class UploadRules {
    private final AttachmentRules attachments;
    private final Limits limits;

    UploadRules(AttachmentRules attachments, Limits limits) {
        this.attachments = attachments;
        this.limits = limits;
    }

    /** Checks the facts of a file that is to be uploaded. */
    public void start(StartUpload start) {
        if (start.fileName().isEmpty()) {
            throw ChatException.missing("fileName");
        }
        attachments.fileName(start.fileName());
        FieldRules.require(start.fileName().indexOf('/') < 0 && start.fileName().indexOf('\\') < 0, "fileName");
        FieldRules.require(FieldRules.isCount(start.fileSize()), "fileSize");
        FieldRules.require(start.mimeType() == null || MediaTypes.isMediaType(start.mimeType()), "mimeType");
        String key = start.clientUploadId();
        if (key != null && (key.isEmpty() || !NameRules.isName(key, limits.clientMessageIdLength()))) {
            throw ChatException.invalid("clientUploadId", "1 to " + limits.clientMessageIdLength() + " UTF-16 units");
        }
    }

    /** Checks the id of a file or of its upload. */
    public void id(String id, String field) {
        if (id.isEmpty()) {
            throw ChatException.missing(field);
        }
        FieldRules.require(StoredFile.isId(id), field);
    }
}

package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.ReportUpload;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.StoredFile;

/** Checks the form of requests about uploaded files. */
public final class UploadRules {
    private final AttachmentRules attachments;
    private final MessageRules messages;
    private final Limits limits;

    UploadRules(AttachmentRules attachments, MessageRules messages, Limits limits) {
        this.attachments = attachments;
        this.messages = messages;
        this.limits = limits;
    }

    /**
     * Checks the facts of a file that is to be uploaded, and the message that the chat sends.
     *
     * @param fromClient whether a client sends the command; some types of messages are reserved for the host
     */
    public void start(StartUpload start, boolean fromClient) {
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
        if (start.message() != null) {
            messages.send(StartUpload.withFile(start.message(), StartUpload.THIS_FILE), fromClient);
        }
    }

    /** Checks a report of progress. */
    public void report(ReportUpload report) {
        id(report.uploadId(), "uploadId");
        FieldRules.require(FieldRules.isCount(report.loaded()), "loaded");
    }

    /** Checks the id of a file or of its upload. */
    public void id(String id, String field) {
        if (id.isEmpty()) {
            throw ChatException.missing(field);
        }
        FieldRules.require(StoredFile.isId(id), field);
    }
}

package io.roomcast.chat.internal.upload;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.StoredFile;
import io.roomcast.chat.model.UploadOutcome;
import io.roomcast.chat.model.UploadState;
import io.roomcast.chat.spi.AttachmentStore;
import io.roomcast.chat.spi.MessageStore;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Connects uploaded files with the messages that refer to them. A file belongs to one message, and can be read as long as
 * that message refers to it. Safe for use by any thread; blocks for the stores.
 */
public final class MessageFiles {
    private static final String EXPECTED =
            "a complete file that you have uploaded to this conversation and not sent yet";

    private final AttachmentStore store;
    private final MessageStore messages;
    private final UploadNotices notices;
    private final UploadExpiry expiry;
    private final Clock clock;

    MessageFiles(
            AttachmentStore store, MessageStore messages, UploadNotices notices, UploadExpiry expiry, Clock clock) {
        this.store = store;
        this.messages = messages;
        this.notices = notices;
        this.expiry = expiry;
        this.clock = clock;
    }

    /** Returns whether the message refers to an uploaded file. */
    public static boolean refersToFiles(MessageBody body) {
        return !body.attachments().isEmpty() && urls(body).anyMatch(MessageFiles::isStoredFile);
    }

    private static Stream<String> urls(MessageBody body) {
        return body.attachments().stream()
                .flatMap(attachment -> Stream.of(attachment.fileUrl(), attachment.thumbnailUrl()))
                .filter(Objects::nonNull);
    }

    private static boolean isStoredFile(String url) {
        return url.startsWith(StoredFile.PATH);
    }

    private static Stream<String> fileIds(MessageBody body) {
        return urls(body).flatMap(url -> StoredFile.idOf(url).stream()).distinct();
    }

    /** Returns the draft with the names, sizes and types of its files as they are stored. */
    public MessageDraft resolve(MessageDraft draft) {
        List<Attachment> resolved = draft.body().attachments().stream()
                .map(attachment -> resolve(attachment, draft))
                .toList();
        return draft.withBody(draft.body().withAttachments(resolved));
    }

    private Attachment resolve(Attachment given, MessageDraft draft) {
        String thumbnailUrl = given.thumbnailUrl();
        String thumbnail = thumbnailUrl == null || !isStoredFile(thumbnailUrl)
                ? thumbnailUrl
                : require(thumbnailUrl, "thumbnailUrl", draft).url();
        StoredFile file = isStoredFile(given.fileUrl()) ? require(given.fileUrl(), "fileUrl", draft) : null;
        return new Attachment(
                file == null ? given.fileUrl() : file.url(),
                file == null ? given.fileName() : file.name(),
                file == null ? given.fileSize() : (Long) file.size(),
                file == null ? given.mimeType() : file.mimeType(),
                given.width(),
                given.height(),
                given.durationMs(),
                thumbnail);
    }

    private StoredFile require(String url, String field, MessageDraft draft) {
        return StoredFile.idOf(url)
                .map(id -> require(id, draft))
                .orElseThrow(() -> ChatException.invalid(field, EXPECTED));
    }

    private StoredFile require(String fileId, MessageDraft draft) {
        return store.find(fileId)
                .filter(file -> isSendable(file, draft))
                .orElseThrow(() -> ChatException.invalid("fileUrl", EXPECTED));
    }

    private boolean isSendable(StoredFile file, MessageDraft draft) {
        StoredFile.Use use = file.use();
        boolean isFree = use == null
                ? file.state().status() == UploadState.Status.READY && !expiry.isOver(file)
                : use.clientMessageId().equals(draft.clientMessageId());
        return isFree
                && file.state().status() != UploadState.Status.REJECTED
                && file.userId().equals(draft.senderId())
                && file.conversationId().equals(draft.conversationId())
                && store.size(file.id()) == file.size();
    }

    /**
     * Reserves the files for a message that is about to be stored. A retry of the message reserves them again, because
     * the first attempt may have failed.
     */
    public void reserve(MessageDraft draft) {
        fileIds(draft.body()).forEach(id -> reserve(id, draft));
    }

    private void reserve(String fileId, MessageDraft draft) {
        StoredFile.Use use = new StoredFile.Use(draft.clientMessageId(), draft.id(), false);
        StoredFile file = require(fileId, draft);
        while (!isStored(file) && !store.update(file, file.usedBy(use))) {
            file = require(fileId, draft);
        }
    }

    /** Returns whether the message for which the file was reserved is stored, deleted or not. */
    private boolean isStored(StoredFile file) {
        StoredFile.Use use = file.use();
        return use != null && (use.stored() || messageOf(file).isPresent());
    }

    /** Returns the stored message for which the file was reserved, deleted or not. */
    Optional<Message> messageOf(StoredFile file) {
        StoredFile.Use use = file.use();
        return use == null ? Optional.empty() : messages.message(file.conversationId(), use.messageId());
    }

    /** Records that the message is stored. */
    public void stored(Message message) {
        fileIds(message.body()).forEach(id -> sent(id, message));
    }

    /** Returns whether the message refers to the file. */
    static boolean refersTo(Message message, StoredFile file) {
        return fileIds(message.body()).anyMatch(file.id()::equals);
    }

    /** Records that a file is sent in a message. The chat reports the end of an upload whose file it has sent. */
    void sent(String fileId, Message message) {
        StoredFile.Use use = new StoredFile.Use(message.clientMessageId(), message.id(), true);
        Optional<StoredFile> file = store.find(fileId).filter(found -> !use.equals(found.use()));
        while (file.isPresent() && !sent(file.get(), use)) {
            file = store.find(fileId).filter(found -> !use.equals(found.use()));
        }
    }

    private boolean sent(StoredFile file, StoredFile.Use use) {
        UploadState sent = file.state().at(UploadState.Status.SENT, clock.instant());
        boolean isRecorded = store.update(file, file.usedBy(use).at(sent));
        if (isRecorded && file.state().status() == UploadState.Status.SENDING) {
            notices.finished(file, UploadOutcome.SENT, use.messageId(), null);
        }
        return isRecorded;
    }

    /** Deletes the files of a message that was deleted. */
    public void deleted(MessageBody before) {
        fileIds(before).forEach(store::delete);
    }

    /** Returns a file to which a message refers. */
    public StoredFile readable(String fileId) {
        return store.find(fileId)
                .filter(this::isReferredTo)
                .orElseThrow(() -> ChatException.of(ErrorCode.UPLOAD_NOT_FOUND));
    }

    /** Returns whether a message that is not deleted refers to the file. */
    boolean isReferredTo(StoredFile file) {
        StoredFile.Use use = file.use();
        return use != null
                && messages.message(file.conversationId(), use.messageId())
                        .filter(message -> refersTo(message, file))
                        .isPresent();
    }
}

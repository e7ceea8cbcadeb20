package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A change in its place of the conversation's change log. Immutable.
 *
 * @param id whose it is: the same for all that one call tries
 * @param conversationId the conversation
 * @param version the place
 * @param messageId the message
 * @param change what is to be done; null where that is done already, or was a user's who is erased
 */
record ChangeRow(
        ObjectId id,
        String conversationId,
        long version,
        String messageId,
        @Nullable Change change) {
    private static final String EDIT = "edit";
    private static final String DELETE = "delete";
    private static final String REACT = "react";
    private static final String UNREACT = "unreact";

    static ChangeRow of(ObjectId id, Change change, long version) {
        return new ChangeRow(id, change.conversationId(), version, change.messageId(), change);
    }

    /** A row that changes nothing. */
    static ChangeRow empty(String conversationId, long version) {
        return new ChangeRow(new ObjectId(), conversationId, version, "", null);
    }

    /** The message once this is done to it; the same where there is nothing to do, or nothing left to do it to. */
    Message applyTo(Message before) {
        try {
            return change == null ? before : change.applyTo(before, version);
        } catch (ChatException refused) {
            // It was in order when it took its place, so the message's author has been erased since.
            return before;
        }
    }

    /** Whether it holds what a user wrote. */
    boolean holdsContent() {
        return change instanceof Change.Edit;
    }

    Document write(long seq, Instant expiresAt) {
        Change change = requireNonNull(this.change);
        Document row = new Document(DocumentFields.ID, id)
                .append(DocumentFields.CONVERSATION_ID, conversationId)
                .append(DocumentFields.VERSION, version)
                .append(DocumentFields.MESSAGE_ID, messageId)
                .append(DocumentFields.SEQ, seq)
                .append(DocumentFields.USER_ID, change.userId())
                .append(DocumentFields.AT, Date.from(change.at()));
        writeKind(row, change);
        return row.append(DocumentFields.EXPIRES_AT, Date.from(expiresAt));
    }

    private static void writeKind(Document row, Change change) {
        if (change instanceof Change.Edit edit) {
            row.append(DocumentFields.OP, EDIT).append(DocumentFields.CONTENT, edit.content());
            Documents.append(row, DocumentFields.METADATA, edit.metadata());
        } else if (change instanceof Change.React react) {
            row.append(DocumentFields.OP, REACT).append(DocumentFields.KEY, react.key());
        } else if (change instanceof Change.Unreact unreact) {
            row.append(DocumentFields.OP, UNREACT).append(DocumentFields.KEY, unreact.key());
        } else {
            row.append(DocumentFields.OP, DELETE);
        }
    }

    static ChangeRow read(Document stored) {
        return new ChangeRow(
                stored.getObjectId(DocumentFields.ID),
                DocumentReader.text(stored, DocumentFields.CONVERSATION_ID),
                Documents.whole(stored, DocumentFields.VERSION),
                DocumentReader.text(stored, DocumentFields.MESSAGE_ID),
                readChange(stored));
    }

    private static @Nullable Change readChange(Document stored) {
        return switch (DocumentReader.text(stored, DocumentFields.OP)) {
            case EDIT -> readEdit(stored);
            case REACT, UNREACT -> readReaction(stored);
            case DELETE ->
                new Change.Delete(
                        stored.getString(DocumentFields.CONVERSATION_ID),
                        stored.getString(DocumentFields.MESSAGE_ID),
                        stored.getString(DocumentFields.USER_ID),
                        Documents.instant(stored, DocumentFields.AT));
            default -> null;
        };
    }

    private static @Nullable Change readEdit(Document stored) {
        String content = stored.getString(DocumentFields.CONTENT);
        return content == null
                ? null
                : new Change.Edit(
                        stored.getString(DocumentFields.CONVERSATION_ID),
                        stored.getString(DocumentFields.MESSAGE_ID),
                        stored.getString(DocumentFields.USER_ID),
                        Documents.instant(stored, DocumentFields.AT),
                        content,
                        stored.getString(DocumentFields.METADATA),
                        null);
    }

    private static @Nullable Change readReaction(Document stored) {
        String key = stored.getString(DocumentFields.KEY);
        return key == null ? null : readReaction(stored, key);
    }

    private static Change readReaction(Document stored, String key) {
        String conversationId = stored.getString(DocumentFields.CONVERSATION_ID);
        String messageId = stored.getString(DocumentFields.MESSAGE_ID);
        String userId = stored.getString(DocumentFields.USER_ID);
        Instant at = Documents.instant(stored, DocumentFields.AT);
        return REACT.equals(stored.getString(DocumentFields.OP))
                ? new Change.React(conversationId, messageId, userId, at, key)
                : new Change.Unreact(conversationId, messageId, userId, at, key);
    }
}

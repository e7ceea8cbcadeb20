package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A row of the change log. Immutable.
 *
 * @param id the row's id, which one call of {@code change} uses for all of its attempts
 * @param conversationId the conversation
 * @param version the conversation's version after the change
 * @param messageId the id of the message to change
 * @param change the change; null if its content was removed because the change is complete or its user erased
 */
record ChangeRow(
        ObjectId id,
        String conversationId,
        long version,
        String messageId,
        @Nullable Change change) {
    /** Returns the row for a change that is not recorded yet. */
    static ChangeRow of(ObjectId id, Change change, long version) {
        return new ChangeRow(id, change.conversationId(), version, change.messageId(), change);
    }

    /** Returns a row that changes nothing. */
    static ChangeRow empty(String conversationId, long version) {
        return new ChangeRow(new ObjectId(), conversationId, version, "", null);
    }

    /** Returns the changed message, or the same message if the row changes nothing or can no longer be applied. */
    Message applyTo(Message before) {
        try {
            return change == null ? before : change.applyTo(before, version);
        } catch (ChatException refused) {
            // The change was valid when it was recorded, so the message's author has been erased since.
            return before;
        }
    }

    /**
     * Returns whether the change may add its message to the pinned ones of the conversation, or remove it.
     *
     * @param before the message before the change, or after it if the row was applied already
     */
    boolean mayPin(Message before) {
        boolean isApplied = before.version() >= version;
        return change != null
                && ChangeOp.mayPin(change)
                && (isApplied || before.pin() != null || applyTo(before).pin() != null);
    }

    /** Returns whether the row holds text that a user wrote. */
    boolean holdsContent() {
        return change != null && ChangeOp.holdsContent(change);
    }

    /**
     * Returns the document without the fields that the upsert's filter sets, conversation and version.
     *
     * @param seq the sequence number of the message to change
     */
    Document write(long seq) {
        Document row = new Document(DocumentFields.ID, id).append(DocumentFields.SEQ, seq);
        row.putAll(ChangeOp.write(requireNonNull(change)));
        return row;
    }

    /** Returns the row that a document holds. */
    static ChangeRow read(Document stored) {
        return new ChangeRow(
                stored.getObjectId(DocumentFields.ID),
                DocumentReader.text(stored, DocumentFields.CONVERSATION_ID),
                Documents.whole(stored, DocumentFields.VERSION),
                DocumentReader.text(stored, DocumentFields.MESSAGE_ID),
                ChangeOp.read(stored));
    }
}

package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.ChangeVisitor;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The types of changes by their stored codes, and the conversion of a change to and from the fields of its row.
 *
 * <p>{@link #write} does not compile if a type of change is missing, and {@link #read} if a code is.
 */
enum ChangeOp {
    EDIT,
    DELETE,
    REACT,
    UNREACT;

    private static final Writer WRITER = new Writer();

    private String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the fields that all types of changes have, the code, and the fields of the change's own type. */
    static Document write(Change change) {
        return change.accept(WRITER);
    }

    /** Returns whether only a newer release can know the code of a row. */
    static boolean isUnknown(Document row) {
        return row.get(DocumentFields.OP) instanceof String code && of(code).isEmpty();
    }

    private static Optional<ChangeOp> of(String code) {
        return Stream.of(values()).filter(op -> op.code().equals(code)).findFirst();
    }

    /**
     * Returns the change in a row; null if its content was removed because the change is complete or its user erased.
     *
     * @throws BsonInvalidOperationException if the code is missing or unknown
     */
    static @Nullable Change read(Document row) {
        String code = DocumentReader.text(row, DocumentFields.OP);
        ChangeOp op = of(code).orElseThrow(() -> new BsonInvalidOperationException("an unknown op"));
        String conversationId = DocumentReader.text(row, DocumentFields.CONVERSATION_ID);
        String messageId = DocumentReader.text(row, DocumentFields.MESSAGE_ID);
        String userId = DocumentReader.text(row, DocumentFields.USER_ID);
        Instant at = Documents.instant(row, DocumentFields.AT);
        @Nullable String content = row.getString(DocumentFields.CONTENT);
        @Nullable String key = row.getString(DocumentFields.KEY);
        return switch (op) {
            case EDIT ->
                content == null
                        ? null
                        : new Change.Edit(
                                conversationId,
                                messageId,
                                userId,
                                at,
                                content,
                                row.getString(DocumentFields.METADATA),
                                null);
            case DELETE -> new Change.Delete(conversationId, messageId, userId, at);
            case REACT -> key == null ? null : new Change.React(conversationId, messageId, userId, at, key);
            case UNREACT -> key == null ? null : new Change.Unreact(conversationId, messageId, userId, at, key);
        };
    }

    private static final class Writer implements ChangeVisitor<Document> {
        @Override
        public Document visit(Change.Edit edit) {
            Document fields = fields(EDIT, edit).append(DocumentFields.CONTENT, edit.content());
            Documents.append(fields, DocumentFields.METADATA, edit.metadata());
            return fields;
        }

        @Override
        public Document visit(Change.Delete deletion) {
            return fields(DELETE, deletion);
        }

        @Override
        public Document visit(Change.React reaction) {
            return fields(REACT, reaction).append(DocumentFields.KEY, reaction.key());
        }

        @Override
        public Document visit(Change.Unreact reaction) {
            return fields(UNREACT, reaction).append(DocumentFields.KEY, reaction.key());
        }

        private static Document fields(ChangeOp op, Change change) {
            return new Document(DocumentFields.MESSAGE_ID, change.messageId())
                    .append(DocumentFields.USER_ID, change.userId())
                    .append(DocumentFields.AT, Date.from(change.at()))
                    .append(DocumentFields.OP, op.code());
        }
    }
}

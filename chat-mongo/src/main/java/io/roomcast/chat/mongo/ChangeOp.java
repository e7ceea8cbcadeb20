package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Annotation;
import io.roomcast.chat.model.Change;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The types of changes by their stored codes, and the conversion of a change to and from the fields of its row.
 *
 * <p>{@link #write} does not compile if a type of change is missing, and {@link #read} if a code is.
 */
@SuppressWarnings("ImmutableEnumChecker") // The lists are immutable.
enum ChangeOp {
    EDIT(List.of(DocumentFields.CONTENT, DocumentFields.METADATA), List.of()),
    DELETE(List.of(), List.of()),
    REACT(List.of(), List.of(DocumentFields.KEY)),
    UNREACT(List.of(), List.of(DocumentFields.KEY)),
    PIN(List.of(), List.of()),
    UNPIN(List.of(), List.of()),
    ANNOTATE(List.of(DocumentFields.JSON), List.of(DocumentFields.KEY)),
    UNANNOTATE(List.of(), List.of(DocumentFields.KEY));

    private static final Writer WRITER = new Writer();

    private final List<String> content;
    private final List<String> others;

    /**
     * Describes a type of change.
     *
     * @param content the fields with text that a user wrote, which are removed once the change is complete
     * @param others the other fields of this type's own
     */
    ChangeOp(List<String> content, List<String> others) {
        this.content = content;
        this.others = others;
    }

    /** Returns the fields with text that a user wrote, of all types. */
    static Set<String> contentFields() {
        return fields(op -> op.content.stream());
    }

    /** Returns the fields that only some types have. */
    static Set<String> ownFields() {
        return fields(op -> Stream.concat(op.content.stream(), op.others.stream()));
    }

    private static Set<String> fields(Function<ChangeOp, Stream<String>> fieldsOf) {
        return Stream.of(values()).flatMap(fieldsOf).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns whether the row of a change holds text that a user wrote. */
    static boolean holdsContent(Change change) {
        return !change.accept(WRITER).op().content.isEmpty();
    }

    /** Returns whether a change may add its message to the pinned ones, or remove it. */
    static boolean mayPin(Change change) {
        return switch (change.accept(WRITER).op()) {
            case PIN, UNPIN, DELETE -> true;
            case EDIT, REACT, UNREACT, ANNOTATE, UNANNOTATE -> false;
        };
    }

    private String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the fields that all types of changes have, the code, and the fields of the change's own type. */
    static Document write(Change change) {
        Written written = change.accept(WRITER);
        Document row = new Document(DocumentFields.MESSAGE_ID, change.messageId())
                .append(DocumentFields.USER_ID, change.userId())
                .append(DocumentFields.AT, Date.from(change.at()))
                .append(DocumentFields.OP, written.op().code());
        row.putAll(written.own());
        return row;
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
            case PIN -> new Change.Pin(conversationId, messageId, userId, at);
            case UNPIN -> new Change.Unpin(conversationId, messageId, userId, at);
            case ANNOTATE -> {
                @Nullable String json = row.getString(DocumentFields.JSON);
                yield json == null || key == null
                        ? null
                        : new Change.Annotate(conversationId, messageId, userId, at, new Annotation(key, json));
            }
            case UNANNOTATE -> key == null ? null : new Change.Unannotate(conversationId, messageId, userId, at, key);
        };
    }

    /** The type of a change, with the fields of its own. */
    private record Written(ChangeOp op, Document own) {}

    private static final class Writer implements Change.Visitor<Written> {
        @Override
        public Written visit(Change.Edit edit) {
            Document own = new Document(DocumentFields.CONTENT, edit.content());
            Documents.append(own, DocumentFields.METADATA, edit.metadata());
            return new Written(EDIT, own);
        }

        @Override
        public Written visit(Change.Delete deletion) {
            return new Written(DELETE, new Document());
        }

        @Override
        public Written visit(Change.React reaction) {
            return new Written(REACT, new Document(DocumentFields.KEY, reaction.key()));
        }

        @Override
        public Written visit(Change.Unreact reaction) {
            return new Written(UNREACT, new Document(DocumentFields.KEY, reaction.key()));
        }

        @Override
        public Written visit(Change.Pin pin) {
            return new Written(PIN, new Document());
        }

        @Override
        public Written visit(Change.Unpin pin) {
            return new Written(UNPIN, new Document());
        }

        @Override
        public Written visit(Change.Annotate change) {
            return new Written(
                    ANNOTATE,
                    new Document(DocumentFields.KEY, change.annotation().key())
                            .append(DocumentFields.JSON, change.annotation().json()));
        }

        @Override
        public Written visit(Change.Unannotate change) {
            return new Written(UNANNOTATE, new Document(DocumentFields.KEY, change.key()));
        }
    }
}

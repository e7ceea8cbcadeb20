package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Deletion;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageType;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The stored fields of a message, in the order in which they are written.
 *
 * <p>This is the only list of them. Each field says how it is written and read, and what the erasure of a user does to
 * it. The codec, the erasure, its indexes and the replacement of a message follow this list.
 */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
enum MessageField {
    ID(DocumentFields.ID, Erased.NOT, text(Message::id), BsonReader::readString),
    CONVERSATION_ID(DocumentFields.CONVERSATION_ID, Erased.NOT, text(Message::conversationId), BsonReader::readString),
    SEQ(
            DocumentFields.SEQ,
            Erased.NOT,
            (writer, name, stored) -> writer.writeInt64(name, stored.message().seq()),
            BsonValues::whole),
    VERSION(DocumentFields.VERSION, Erased.NOT, MessageField::writeVersion, BsonValues::whole),
    SENDER_ID(DocumentFields.SENDER_ID, Erased.NOT, text(Message::senderId), BsonReader::readString),
    CLIENT_MESSAGE_ID(
            DocumentFields.CLIENT_MESSAGE_ID, Erased.NOT, text(Message::clientMessageId), BsonReader::readString),
    TYPE(DocumentFields.TYPE, Erased.NOT, text(message -> message.type().wireName()), MessageField::readType),
    CONTENT(DocumentFields.CONTENT, Erased.NOT, text(Message::content), BsonReader::readString),
    FILE_URL("fileUrl", Erased.WITH_SENDER, ofFile(Attachment::fileUrl), BsonReader::readString),
    FILE_NAME("fileName", Erased.WITH_SENDER, ofFile(Attachment::fileName), BsonReader::readString),
    FILE_SIZE("fileSize", Erased.WITH_SENDER, MessageField::writeFileSize, BsonValues::whole),
    MIME_TYPE("mimeType", Erased.WITH_SENDER, ofFile(Attachment::mimeType), BsonReader::readString),
    ATTACHMENTS(
            "attachments",
            Erased.WITH_SENDER,
            (writer, name, stored) ->
                    AttachmentFields.write(writer, name, stored.message().attachments()),
            reader -> BsonValues.array(reader, AttachmentFields::read)),
    REPLY_TO(
            DocumentFields.REPLY_TO,
            Erased.WITH_SENDER,
            text(message -> message.body().replyTo()),
            BsonReader::readString),
    MENTIONS(
            DocumentFields.MENTIONS,
            Erased.WITH_SENDER,
            MessageField::writeMentions,
            reader -> BsonValues.array(reader, BsonReader::readString),
            UserTrace.elements("mention", DocumentFields.MENTIONS, userId -> userId)),
    METADATA(
            DocumentFields.METADATA,
            Erased.WITH_SENDER,
            text(message -> message.body().metadata()),
            BsonReader::readString),
    CUSTOM_TYPE("customType", Erased.WITH_SENDER, text(message -> message.body().customType()), BsonReader::readString),
    CREATED_AT(DocumentFields.CREATED_AT, Erased.NOT, time(Message::createdAt), BsonValues::instant),
    EDITED_AT("editedAt", Erased.NOT, time(Message::editedAt), BsonValues::instant),
    DELETED_AT(DocumentFields.DELETED_AT, Erased.NOT, time(MessageField::deletedAt), BsonValues::instant),
    DELETED_BY(
            DocumentFields.DELETED_BY,
            Erased.NOT,
            text(MessageField::deletedBy),
            BsonReader::readString,
            UserTrace.value("deleter", DocumentFields.DELETED_BY)),
    REACTIONS(
            "reactions",
            Erased.WITH_SENDER,
            (writer, name, stored) ->
                    ReactionFields.write(writer, name, stored.message().reactions()),
            reader -> BsonValues.array(reader, ReactionFields::read),
            UserTrace.elements(
                    "reactor",
                    "reactions." + DocumentFields.USER_ID,
                    userId -> new Document(DocumentFields.USER_ID, userId))),
    PINNED(
            "pinned",
            Erased.WITH_SENDER,
            (writer, name, stored) ->
                    PinFields.write(writer, name, stored.message().pin()),
            PinFields::read,
            UserTrace.value("pinner", "pinned." + DocumentFields.BY)),
    ANNOTATIONS(
            "annotations",
            Erased.WITH_SENDER,
            (writer, name, stored) ->
                    AnnotationFields.write(writer, name, stored.message().annotations()),
            reader -> BsonValues.array(reader, AnnotationFields::read)),
    EXPIRES_AT(
            DocumentFields.EXPIRES_AT,
            Erased.NOT,
            (writer, name, stored) -> write(writer, name, stored.expiresAt()),
            BsonValues::instant);

    /** Whether a field is removed with the content of a message: when the message is trimmed, or its sender erased. */
    private enum Erased {
        NOT,
        WITH_SENDER
    }

    /**
     * A field that names users other than the sender. An erasure removes the user from it.
     *
     * @param index the name of the index by which an erasure finds the messages
     * @param path the path to the users' ids
     * @param element returns the element of an array that names a user; null if the field holds one user's id
     */
    record UserTrace(String index, String path, @Nullable Function<String, Object> element) {
        static UserTrace value(String index, String name) {
            return new UserTrace(index, name, null);
        }

        static UserTrace elements(String index, String path, Function<String, Object> element) {
            return new UserTrace(index, path, element);
        }
    }

    /** Writes a field, unless it is absent. */
    @FunctionalInterface
    private interface Writer {
        void write(BsonWriter writer, String name, StoredMessage stored);
    }

    private static final List<MessageField> ALL = List.of(values());

    private static final Map<String, MessageField> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(MessageField::field, Function.identity()));

    private final String field;
    private final Erased erased;
    private final Writer writer;
    private final Function<BsonReader, Object> reader;

    @Nullable
    private final UserTrace trace;

    MessageField(String field, Erased erased, Writer writer, Function<BsonReader, Object> reader) {
        this(field, erased, writer, reader, null);
    }

    MessageField(
            String field,
            Erased erased,
            Writer writer,
            Function<BsonReader, Object> reader,
            @Nullable UserTrace trace) {
        this.field = field;
        this.erased = erased;
        this.writer = writer;
        this.reader = reader;
        this.trace = trace;
    }

    /** Returns the name of the stored field. */
    String field() {
        return field;
    }

    /** Returns how the field names users other than the sender; null if it does not. */
    @Nullable
    UserTrace trace() {
        return trace;
    }

    /** Returns the fields that name users other than the sender. */
    static Stream<MessageField> withTraces() {
        return ALL.stream().filter(each -> each.trace != null);
    }

    /** Returns the names of the fields that are removed with the content of a message. */
    static List<String> erasedWithSender() {
        return ALL.stream()
                .filter(each -> each.erased == Erased.WITH_SENDER)
                .map(MessageField::field)
                .toList();
    }

    /** Writes all fields into a document that is open. */
    static void write(BsonWriter writer, StoredMessage stored) {
        for (MessageField each : ALL) {
            each.writer.write(writer, each.field, stored);
        }
    }

    private static Writer text(Function<Message, @Nullable String> value) {
        return (writer, name, stored) -> {
            String text = value.apply(stored.message());
            if (text != null) {
                writer.writeString(name, text);
            }
        };
    }

    private static Writer ofFile(Function<Attachment, @Nullable String> value) {
        return text(message -> message.attachment() == null ? null : value.apply(message.attachment()));
    }

    private static Writer time(Function<Message, @Nullable Instant> value) {
        return (writer, name, stored) -> write(writer, name, value.apply(stored.message()));
    }

    private static void write(BsonWriter writer, String name, @Nullable Instant instant) {
        if (instant != null) {
            writer.writeDateTime(name, instant.toEpochMilli());
        }
    }

    private static void writeVersion(BsonWriter writer, String name, StoredMessage stored) {
        if (stored.message().version() != 0) {
            writer.writeInt64(name, stored.message().version());
        }
    }

    private static void writeFileSize(BsonWriter writer, String name, StoredMessage stored) {
        Attachment attachment = stored.message().attachment();
        if (attachment != null && attachment.fileSize() != null) {
            writer.writeInt64(name, attachment.fileSize());
        }
    }

    private static void writeMentions(BsonWriter writer, String name, StoredMessage stored) {
        List<String> mentions = stored.message().body().mentions();
        if (!mentions.isEmpty()) {
            writer.writeStartArray(name);
            mentions.forEach(writer::writeString);
            writer.writeEndArray();
        }
    }

    private static @Nullable Instant deletedAt(Message message) {
        return message.deletion() == null ? null : message.deletion().deletedAt();
    }

    private static @Nullable String deletedBy(Message message) {
        return message.deletion() == null ? null : message.deletion().deletedBy();
    }

    /** Reads a type that only a newer release knows as text, so that the message's page stays readable. */
    private static MessageType readType(BsonReader reader) {
        return MessageType.ofWireName(reader.readString()).orElse(MessageType.TEXT);
    }

    /** Collects the fields of one document, which may be in any order. For one thread. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Each field's reader returns values of one type.
    static final class Values {
        private final Map<MessageField, Object> values = new EnumMap<>(MessageField.class);

        /** Reads or skips the value of a field. */
        void read(String name, BsonReader reader) {
            MessageField known = BY_NAME.get(name);
            if (known == null) {
                reader.skipValue();
                return;
            }
            try {
                values.put(known, known.reader.apply(reader));
            } catch (BsonInvalidOperationException otherType) {
                throw new BsonInvalidOperationException("field " + name + " has another type", otherType);
            }
        }

        /**
         * Returns the message.
         *
         * @throws BsonInvalidOperationException if a required field is missing
         */
        StoredMessage toMessage() {
            Message message = new Message(
                    required(ID),
                    required(CONVERSATION_ID),
                    sequenceNumber(),
                    orElse(VERSION, 0L),
                    required(SENDER_ID),
                    required(CLIENT_MESSAGE_ID),
                    body(),
                    required(CREATED_AT),
                    optional(EDITED_AT),
                    deletion(),
                    orElse(REACTIONS, List.of()),
                    optional(PINNED),
                    optional(EXPIRES_AT),
                    orElse(ANNOTATIONS, List.of()));
            return new StoredMessage(message);
        }

        private long sequenceNumber() {
            long number = this.<Long>required(SEQ);
            if (number < 1) {
                throw new BsonInvalidOperationException("field seq is below 1");
            }
            return number;
        }

        private MessageBody body() {
            return new MessageBody(
                    orElse(TYPE, MessageType.TEXT),
                    required(CONTENT),
                    attachments(),
                    optional(REPLY_TO),
                    orElse(MENTIONS, List.of()),
                    optional(METADATA),
                    optional(CUSTOM_TYPE));
        }

        /** The fields of the first file are all that there is unless the document has a list. */
        private List<Attachment> attachments() {
            String fileUrl = optional(FILE_URL);
            List<Attachment> all = optional(ATTACHMENTS);
            if (all != null || fileUrl == null) {
                return all == null ? List.of() : all;
            }
            return List.of(new Attachment(fileUrl, optional(FILE_NAME), optional(FILE_SIZE), optional(MIME_TYPE)));
        }

        private @Nullable Deletion deletion() {
            Instant deletedAt = optional(DELETED_AT);
            return deletedAt == null ? null : new Deletion(required(DELETED_BY), deletedAt);
        }

        private <T> @Nullable T optional(MessageField field) {
            return (T) values.get(field);
        }

        private <T> T orElse(MessageField field, T absent) {
            T value = optional(field);
            return value == null ? absent : value;
        }

        private <T> T required(MessageField field) {
            T value = optional(field);
            if (value == null) {
                throw new BsonInvalidOperationException("no field " + field.field);
            }
            return value;
        }
    }
}

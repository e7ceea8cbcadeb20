package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Deletion;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Reaction;
import java.time.Instant;
import java.util.List;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonReader;
import org.jspecify.annotations.Nullable;

/** Collects the fields of one message's document, which may be in any order. For one thread. */
final class MessageFields {
    @Nullable
    private String id;

    @Nullable
    private String conversationId;

    @Nullable
    private Long seq;

    private long version;

    @Nullable
    private String senderId;

    @Nullable
    private String clientMessageId;

    // A message of a type that only a newer release knows is read as text, so that its page stays readable.
    private MessageType type = MessageType.TEXT;

    @Nullable
    private String content;

    @Nullable
    private String fileUrl;

    @Nullable
    private String fileName;

    @Nullable
    private Long fileSize;

    @Nullable
    private String mimeType;

    @Nullable
    private String replyTo;

    private List<String> mentions = List.of();

    @Nullable
    private String metadata;

    @Nullable
    private Instant createdAt;

    @Nullable
    private Instant editedAt;

    @Nullable
    private Instant deletedAt;

    @Nullable
    private String deletedBy;

    private List<Reaction> reactions = List.of();

    @Nullable
    private Instant expiresAt;

    /** Reads or skips the value of the field. */
    void read(String name, BsonReader reader) {
        try {
            readOrigin(name, reader);
        } catch (BsonInvalidOperationException otherType) {
            throw new BsonInvalidOperationException("field " + name + " has another type", otherType);
        }
    }

    private void readOrigin(String name, BsonReader reader) {
        switch (name) {
            case DocumentFields.ID -> id = reader.readString();
            case DocumentFields.CONVERSATION_ID -> conversationId = reader.readString();
            case DocumentFields.SEQ -> seq = BsonValues.whole(reader);
            case DocumentFields.SENDER_ID -> senderId = reader.readString();
            case DocumentFields.CLIENT_MESSAGE_ID -> clientMessageId = reader.readString();
            case DocumentFields.CREATED_AT -> createdAt = BsonValues.instant(reader);
            case DocumentFields.EXPIRES_AT -> expiresAt = BsonValues.instant(reader);
            default -> readBody(name, reader);
        }
    }

    private void readBody(String name, BsonReader reader) {
        switch (name) {
            case DocumentFields.TYPE ->
                type = MessageType.ofWireName(reader.readString()).orElse(type);
            case DocumentFields.CONTENT -> content = reader.readString();
            case DocumentFields.REPLY_TO -> replyTo = reader.readString();
            case DocumentFields.MENTIONS -> mentions = BsonValues.array(reader, BsonReader::readString);
            case DocumentFields.METADATA -> metadata = reader.readString();
            default -> readAttachment(name, reader);
        }
    }

    private void readAttachment(String name, BsonReader reader) {
        switch (name) {
            case DocumentFields.FILE_URL -> fileUrl = reader.readString();
            case DocumentFields.FILE_NAME -> fileName = reader.readString();
            case DocumentFields.FILE_SIZE -> fileSize = BsonValues.whole(reader);
            case DocumentFields.MIME_TYPE -> mimeType = reader.readString();
            default -> readChanges(name, reader);
        }
    }

    private void readChanges(String name, BsonReader reader) {
        switch (name) {
            case DocumentFields.VERSION -> version = BsonValues.whole(reader);
            case DocumentFields.EDITED_AT -> editedAt = BsonValues.instant(reader);
            case DocumentFields.DELETED_AT -> deletedAt = BsonValues.instant(reader);
            case DocumentFields.DELETED_BY -> deletedBy = reader.readString();
            case DocumentFields.REACTIONS -> reactions = BsonValues.array(reader, this::reaction);
            default -> reader.skipValue();
        }
    }

    private Reaction reaction(BsonReader reader) {
        ReactionFields fields = new ReactionFields();
        BsonValues.eachField(reader, name -> fields.read(name, reader));
        return new Reaction(required(fields.key, DocumentFields.KEY), required(fields.userId, DocumentFields.USER_ID));
    }

    /**
     * Returns the message.
     *
     * @throws BsonInvalidOperationException if a required field is missing
     */
    StoredMessage toMessage() {
        Message message = new Message(
                required(id, DocumentFields.ID),
                required(conversationId, DocumentFields.CONVERSATION_ID),
                sequenceNumber(),
                version,
                required(senderId, DocumentFields.SENDER_ID),
                required(clientMessageId, DocumentFields.CLIENT_MESSAGE_ID),
                body(),
                required(createdAt, DocumentFields.CREATED_AT),
                editedAt,
                deletion(),
                reactions);
        return new StoredMessage(message, expiresAt);
    }

    private long sequenceNumber() {
        long number = required(seq, DocumentFields.SEQ);
        if (number < 1) {
            throw new BsonInvalidOperationException("field seq is below 1");
        }
        return number;
    }

    private MessageBody body() {
        return new MessageBody(
                type, required(content, DocumentFields.CONTENT), attachment(), replyTo, mentions, metadata);
    }

    @Nullable
    private Attachment attachment() {
        return fileUrl == null ? null : new Attachment(fileUrl, fileName, fileSize, mimeType);
    }

    @Nullable
    private Deletion deletion() {
        return deletedAt == null ? null : new Deletion(required(deletedBy, DocumentFields.DELETED_BY), deletedAt);
    }

    private <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new BsonInvalidOperationException("no field " + name);
        }
        return value;
    }

    /** Collects the fields of one reaction. */
    private static final class ReactionFields {
        @Nullable
        private String key;

        @Nullable
        private String userId;

        void read(String name, BsonReader reader) {
            switch (name) {
                case DocumentFields.KEY -> key = reader.readString();
                case DocumentFields.USER_ID -> userId = reader.readString();
                default -> reader.skipValue();
            }
        }
    }
}

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

/** What has been read of one message's document, in whatever order its fields come. For one thread. */
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

    // A type that only a newer version knows must not make a whole page unreadable.
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

    void read(String name, BsonReader reader) {
        try {
            readOrigin(name, reader);
        } catch (BsonInvalidOperationException otherType) {
            throw new BsonInvalidOperationException("field " + name + " has another type", otherType);
        }
    }

    private void readOrigin(String name, BsonReader reader) {
        switch (name) {
            case Fields.ID -> id = reader.readString();
            case Fields.CONVERSATION_ID -> conversationId = reader.readString();
            case Fields.SEQ -> seq = BsonValues.whole(reader);
            case Fields.SENDER_ID -> senderId = reader.readString();
            case Fields.CLIENT_MESSAGE_ID -> clientMessageId = reader.readString();
            case Fields.CREATED_AT -> createdAt = BsonValues.instant(reader);
            case Fields.EXPIRES_AT -> expiresAt = BsonValues.instant(reader);
            default -> readBody(name, reader);
        }
    }

    private void readBody(String name, BsonReader reader) {
        switch (name) {
            case Fields.TYPE ->
                type = MessageType.ofWireName(reader.readString()).orElse(type);
            case Fields.CONTENT -> content = reader.readString();
            case Fields.REPLY_TO -> replyTo = reader.readString();
            case Fields.MENTIONS -> mentions = BsonValues.array(reader, BsonReader::readString);
            case Fields.METADATA -> metadata = reader.readString();
            default -> readAttachment(name, reader);
        }
    }

    private void readAttachment(String name, BsonReader reader) {
        switch (name) {
            case Fields.FILE_URL -> fileUrl = reader.readString();
            case Fields.FILE_NAME -> fileName = reader.readString();
            case Fields.FILE_SIZE -> fileSize = BsonValues.whole(reader);
            case Fields.MIME_TYPE -> mimeType = reader.readString();
            default -> readChanges(name, reader);
        }
    }

    private void readChanges(String name, BsonReader reader) {
        switch (name) {
            case Fields.VERSION -> version = BsonValues.whole(reader);
            case Fields.EDITED_AT -> editedAt = BsonValues.instant(reader);
            case Fields.DELETED_AT -> deletedAt = BsonValues.instant(reader);
            case Fields.DELETED_BY -> deletedBy = reader.readString();
            case Fields.REACTIONS -> reactions = BsonValues.array(reader, this::reaction);
            default -> reader.skipValue();
        }
    }

    private Reaction reaction(BsonReader reader) {
        ReactionFields fields = new ReactionFields();
        BsonValues.eachField(reader, name -> fields.read(name, reader));
        return new Reaction(required(fields.key, Fields.KEY), required(fields.userId, Fields.USER_ID));
    }

    StoredMessage toMessage() {
        Message message = new Message(
                required(id, Fields.ID),
                required(conversationId, Fields.CONVERSATION_ID),
                sequenceNumber(),
                version,
                required(senderId, Fields.SENDER_ID),
                required(clientMessageId, Fields.CLIENT_MESSAGE_ID),
                body(),
                required(createdAt, Fields.CREATED_AT),
                editedAt,
                deletion(),
                reactions);
        return new StoredMessage(message, expiresAt);
    }

    private long sequenceNumber() {
        long number = required(seq, Fields.SEQ);
        if (number < 1) {
            throw new BsonInvalidOperationException("field seq is below 1");
        }
        return number;
    }

    private MessageBody body() {
        return new MessageBody(type, required(content, Fields.CONTENT), attachment(), replyTo, mentions, metadata);
    }

    @Nullable
    private Attachment attachment() {
        return fileUrl == null ? null : new Attachment(fileUrl, fileName, fileSize, mimeType);
    }

    @Nullable
    private Deletion deletion() {
        return deletedAt == null ? null : new Deletion(required(deletedBy, Fields.DELETED_BY), deletedAt);
    }

    private <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new BsonInvalidOperationException("no field " + name);
        }
        return value;
    }

    /** What has been read of one reaction. */
    private static final class ReactionFields {
        @Nullable
        private String key;

        @Nullable
        private String userId;

        void read(String name, BsonReader reader) {
            switch (name) {
                case Fields.KEY -> key = reader.readString();
                case Fields.USER_ID -> userId = reader.readString();
                default -> reader.skipValue();
            }
        }
    }
}

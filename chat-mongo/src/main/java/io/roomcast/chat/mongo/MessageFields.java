package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.MessageType;
import java.time.Instant;
import java.util.List;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonReader;
import org.bson.BsonType;
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
    private Instant createdAt;

    void read(String name, BsonReader reader) {
        if (reader.getCurrentBsonType() == BsonType.NULL) {
            reader.skipValue();
            return;
        }
        switch (name) {
            case Fields.ID -> id = reader.readString();
            case Fields.CONVERSATION_ID -> conversationId = reader.readString();
            case Fields.SEQ -> seq = readWhole(reader);
            case Fields.VERSION -> version = readWhole(reader);
            case Fields.SENDER_ID -> senderId = reader.readString();
            case Fields.CLIENT_MESSAGE_ID -> clientMessageId = reader.readString();
            case Fields.TYPE ->
                type = MessageType.ofWireName(reader.readString()).orElse(type);
            case Fields.CONTENT -> content = reader.readString();
            case Fields.CREATED_AT -> createdAt = Instant.ofEpochMilli(reader.readDateTime());
            default -> readAttachment(name, reader);
        }
    }

    private void readAttachment(String name, BsonReader reader) {
        switch (name) {
            case Fields.FILE_URL -> fileUrl = reader.readString();
            case Fields.FILE_NAME -> fileName = reader.readString();
            case Fields.FILE_SIZE -> fileSize = readWhole(reader);
            case Fields.MIME_TYPE -> mimeType = reader.readString();
            default -> reader.skipValue();
        }
    }

    /** Scripts write small numbers as 32 bits, and the MongoDB shell writes them as floating point. */
    private static long readWhole(BsonReader reader) {
        return switch (reader.getCurrentBsonType()) {
            case INT32 -> reader.readInt32();
            case DOUBLE -> (long) reader.readDouble();
            default -> reader.readInt64();
        };
    }

    Message toMessage() {
        return new Message(
                required(id, Fields.ID),
                required(conversationId, Fields.CONVERSATION_ID),
                required(seq, Fields.SEQ),
                version,
                required(senderId, Fields.SENDER_ID),
                required(clientMessageId, Fields.CLIENT_MESSAGE_ID),
                MessageBody.of(type, required(content, Fields.CONTENT), attachment()),
                required(createdAt, Fields.CREATED_AT),
                null,
                null,
                List.of());
    }

    @Nullable
    private Attachment attachment() {
        return fileUrl == null ? null : new Attachment(fileUrl, fileName, fileSize, mimeType);
    }

    private <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new BsonInvalidOperationException("message " + id + " has no field " + name);
        }
        return value;
    }
}

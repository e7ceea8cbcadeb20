package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Deletion;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import io.roomcast.chat.model.Reaction;
import java.time.Instant;
import java.util.List;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.jspecify.annotations.Nullable;

/** Converts messages to and from documents. Omits null values, and skips unknown fields. Safe for use by any thread. */
final class MessageCodec implements Codec<StoredMessage> {
    @Override
    public Class<StoredMessage> getEncoderClass() {
        return StoredMessage.class;
    }

    @Override
    public void encode(BsonWriter writer, StoredMessage stored, EncoderContext context) {
        writer.writeStartDocument();
        writeOrigin(writer, stored.message());
        writeBody(writer, stored.message().body());
        writeInstant(writer, DocumentFields.CREATED_AT, stored.message().createdAt());
        writeChanges(writer, stored.message());
        writeInstant(writer, DocumentFields.EXPIRES_AT, stored.expiresAt());
        writer.writeEndDocument();
    }

    private static void writeOrigin(BsonWriter writer, Message message) {
        writer.writeString(DocumentFields.ID, message.id());
        writer.writeString(DocumentFields.CONVERSATION_ID, message.conversationId());
        writer.writeInt64(DocumentFields.SEQ, message.seq());
        if (message.version() != 0) {
            writer.writeInt64(DocumentFields.VERSION, message.version());
        }
        writer.writeString(DocumentFields.SENDER_ID, message.senderId());
        writer.writeString(DocumentFields.CLIENT_MESSAGE_ID, message.clientMessageId());
    }

    private static void writeBody(BsonWriter writer, MessageBody body) {
        writer.writeString(DocumentFields.TYPE, body.type().wireName());
        writer.writeString(DocumentFields.CONTENT, body.content());
        writeAttachment(writer, body.attachment());
        writeText(writer, DocumentFields.REPLY_TO, body.replyTo());
        writeMentions(writer, body.mentions());
        writeText(writer, DocumentFields.METADATA, body.metadata());
    }

    private static void writeAttachment(BsonWriter writer, @Nullable Attachment attachment) {
        if (attachment == null) {
            return;
        }
        writer.writeString(DocumentFields.FILE_URL, attachment.fileUrl());
        writeText(writer, DocumentFields.FILE_NAME, attachment.fileName());
        if (attachment.fileSize() != null) {
            writer.writeInt64(DocumentFields.FILE_SIZE, attachment.fileSize());
        }
        writeText(writer, DocumentFields.MIME_TYPE, attachment.mimeType());
    }

    private static void writeMentions(BsonWriter writer, List<String> mentions) {
        if (!mentions.isEmpty()) {
            writer.writeStartArray(DocumentFields.MENTIONS);
            mentions.forEach(writer::writeString);
            writer.writeEndArray();
        }
    }

    private static void writeChanges(BsonWriter writer, Message message) {
        writeInstant(writer, DocumentFields.EDITED_AT, message.editedAt());
        Deletion deletion = message.deletion();
        if (deletion != null) {
            writeInstant(writer, DocumentFields.DELETED_AT, deletion.deletedAt());
            writer.writeString(DocumentFields.DELETED_BY, deletion.deletedBy());
        }
        writeReactions(writer, message.reactions());
    }

    private static void writeReactions(BsonWriter writer, List<Reaction> reactions) {
        if (!reactions.isEmpty()) {
            writer.writeStartArray(DocumentFields.REACTIONS);
            reactions.forEach(reaction -> writeReaction(writer, reaction));
            writer.writeEndArray();
        }
    }

    private static void writeReaction(BsonWriter writer, Reaction reaction) {
        writer.writeStartDocument();
        writer.writeString(DocumentFields.KEY, reaction.key());
        writer.writeString(DocumentFields.USER_ID, reaction.userId());
        writer.writeEndDocument();
    }

    private static void writeText(BsonWriter writer, String name, @Nullable String text) {
        if (text != null) {
            writer.writeString(name, text);
        }
    }

    private static void writeInstant(BsonWriter writer, String name, @Nullable Instant instant) {
        if (instant != null) {
            writer.writeDateTime(name, instant.toEpochMilli());
        }
    }

    @Override
    public StoredMessage decode(BsonReader reader, DecoderContext context) {
        MessageFields fields = new MessageFields();
        BsonValues.eachField(reader, name -> fields.read(name, reader));
        return fields.toMessage();
    }
}

package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Message;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.jspecify.annotations.Nullable;

/** A message as its document: absent fields are left out, and unknown ones passed over. Safe for use by any thread. */
final class MessageCodec implements Codec<Message> {
    @Override
    public Class<Message> getEncoderClass() {
        return Message.class;
    }

    @Override
    public void encode(BsonWriter writer, Message message, EncoderContext context) {
        writer.writeStartDocument();
        writer.writeString(Fields.ID, message.id());
        writer.writeString(Fields.CONVERSATION_ID, message.conversationId());
        writer.writeInt64(Fields.SEQ, message.seq());
        if (message.version() != 0) {
            writer.writeInt64(Fields.VERSION, message.version());
        }
        writer.writeString(Fields.SENDER_ID, message.senderId());
        writer.writeString(Fields.CLIENT_MESSAGE_ID, message.clientMessageId());
        writer.writeString(Fields.TYPE, message.type().wireName());
        writer.writeString(Fields.CONTENT, message.content());
        encode(writer, message.attachment());
        writer.writeDateTime(Fields.CREATED_AT, message.createdAt().toEpochMilli());
        writer.writeEndDocument();
    }

    private static void encode(BsonWriter writer, @Nullable Attachment attachment) {
        if (attachment == null) {
            return;
        }
        writer.writeString(Fields.FILE_URL, attachment.fileUrl());
        if (attachment.fileName() != null) {
            writer.writeString(Fields.FILE_NAME, attachment.fileName());
        }
        if (attachment.fileSize() != null) {
            writer.writeInt64(Fields.FILE_SIZE, attachment.fileSize());
        }
        if (attachment.mimeType() != null) {
            writer.writeString(Fields.MIME_TYPE, attachment.mimeType());
        }
    }

    @Override
    public Message decode(BsonReader reader, DecoderContext context) {
        MessageFields fields = new MessageFields();
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            fields.read(reader.readName(), reader);
        }
        reader.readEndDocument();
        return fields.toMessage();
    }
}

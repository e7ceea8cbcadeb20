package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Message;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the shapes that occur in several events and answers. */
final class Shapes {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Shapes() {}

    /**
     * Writes a message as an object; {@code _id} is for front ends that know it from a database's document. A key that no
     * client chose is the id and says nothing.
     */
    static void message(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", message.id());
        json.writeStringField("_id", message.id());
        json.writeStringField(Fields.CONVERSATION_ID, message.conversationId());
        json.writeNumberField("seq", message.seq());
        json.writeNumberField(Fields.VERSION, message.version());
        json.writeStringField(Fields.SENDER_ID, message.senderId());
        if (!message.clientMessageId().equals(message.id())) {
            json.writeStringField(Fields.CLIENT_MESSAGE_ID, message.clientMessageId());
        }
        json.writeStringField(Fields.TYPE, message.type().wireName());
        json.writeStringField(Fields.CONTENT, message.content());
        if (message.attachment() != null) {
            attachment(json, message.attachment());
        }
        json.writeStringField("createdAt", time(message.createdAt()));
        json.writeEndObject();
    }

    private static void attachment(JsonGenerator json, Attachment attachment) throws IOException {
        json.writeStringField(Fields.FILE_URL, attachment.fileUrl());
        if (attachment.fileName() != null) {
            json.writeStringField(Fields.FILE_NAME, attachment.fileName());
        }
        if (attachment.fileSize() != null) {
            json.writeNumberField(Fields.FILE_SIZE, attachment.fileSize());
        }
        if (attachment.mimeType() != null) {
            json.writeStringField(Fields.MIME_TYPE, attachment.mimeType());
        }
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}

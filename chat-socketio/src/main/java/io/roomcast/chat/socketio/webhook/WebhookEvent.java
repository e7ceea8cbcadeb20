package io.roomcast.chat.socketio.webhook;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.Json;
import io.roomcast.chat.socketio.internal.wire.WireEvents;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * One event as a webhook sends it. Immutable.
 *
 * @param type the type of the event
 * @param id identifies the event; the same at each attempt
 * @param event the event
 * @param message the message that the event is about
 */
record WebhookEvent(String type, String id, ChatEvent event, Message message) {
    static final String SENT = "message.sent";
    static final String EDITED = "message.edited";
    static final String DELETED = "message.deleted";

    private static final Pattern PLAIN = Pattern.compile("[!-~&&[^%.]]+");

    /** The most bytes of a body. The message in a larger one is replaced by a reference. */
    static final int MAX_BYTES = 20 * 1024;

    static WebhookEvent of(ChatEvent event) {
        if (event instanceof MessageSent sent) {
            Message message = sent.message();
            return new WebhookEvent(SENT, encoded(message.conversationId()) + ":" + message.seq(), event, message);
        }
        Message message = ((MessageChanged) event).message();
        String type = event instanceof MessageDeleted ? DELETED : EDITED;
        return new WebhookEvent(type, encoded(message.conversationId()) + ":v" + message.version(), event, message);
    }

    /**
     * Returns a conversation's id as a header can have it: percent-encoded if it has other characters than ASCII, or a
     * full stop, which separates the parts of what is signed.
     */
    private static String encoded(String conversationId) {
        return PLAIN.matcher(conversationId).matches()
                ? conversationId
                : URLEncoder.encode(conversationId, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace(".", "%2E");
    }

    /** Returns the body as UTF-8. */
    byte[] body() {
        byte[] body = write(json -> WireEvents.writeArgument(json, event));
        return body.length <= MAX_BYTES ? body : write(this::writeReference);
    }

    private byte[] write(Json.Writer data) {
        ByteBuf buffer = Unpooled.buffer();
        try {
            Json.write(buffer, json -> {
                json.writeStartObject();
                json.writeStringField("type", type);
                FieldWriter.time(json, "timestamp", at());
                json.writeFieldName("data");
                data.write(json);
                json.writeEndObject();
            });
            return ByteBufUtil.getBytes(buffer);
        } finally {
            buffer.release();
        }
    }

    /** A reaction has no time of its own. */
    private Instant at() {
        if (message.deletion() != null) {
            return message.deletion().deletedAt();
        }
        return message.editedAt() == null ? message.createdAt() : message.editedAt();
    }

    private void writeReference(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("conversationId", message.conversationId());
        json.writeStringField("messageId", message.id());
        json.writeNumberField("seq", message.seq());
        json.writeNumberField("version", message.version());
        json.writeBooleanField("truncated", true);
        json.writeEndObject();
    }
}

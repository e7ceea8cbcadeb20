package io.roomcast.chat.socketio.push;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.socketio.internal.json.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a service worker reads: a JSON object. Spaces behind it make the length of different messages the same, because a
 * push service sees the length.
 *
 * @param message the notification
 * @param title the title, or null for none
 * @param body the text, or null for none
 */
record PushPayload(
        PushMessage message,
        @Nullable String title,
        @Nullable String body) {
    /** The most bytes. Push services accept 4,096, including the encryption's. */
    static final int MAX_BYTES = 3_000;

    /** The length is a multiple of this. */
    static final int BLOCK_BYTES = 1_000;

    /**
     * Returns the JSON of a notification, whose text, and then title, is shortened if it is too long.
     *
     * @return empty if it is too long without both
     */
    static Optional<byte[]> of(PushMessage message) {
        PushPayload payload = new PushPayload(message, message.title(), message.body());
        byte[] json = payload.json();
        while (json.length > MAX_BYTES) {
            if (payload.title == null && payload.body == null) {
                return Optional.empty();
            }
            payload = payload.shortened();
            json = payload.json();
        }
        int blocks = (json.length + BLOCK_BYTES - 1) / BLOCK_BYTES;
        byte[] padded = Arrays.copyOf(json, blocks * BLOCK_BYTES);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return Optional.of(padded);
    }

    private PushPayload shortened() {
        return body == null
                ? new PushPayload(message, firstHalf(String.valueOf(title)), null)
                : new PushPayload(message, title, firstHalf(body));
    }

    private static @Nullable String firstHalf(String text) {
        int end = text.length() / 2;
        boolean splitsPair = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        String half = text.substring(0, splitsPair ? end - 1 : end);
        return half.isEmpty() ? null : half;
    }

    private byte[] json() {
        ByteBuf buffer = Unpooled.buffer();
        try {
            Json.write(buffer, this::write);
            return ByteBufUtil.getBytes(buffer);
        } finally {
            buffer.release();
        }
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", message.type().wireName());
        json.writeStringField("id", message.id());
        json.writeStringField("tag", message.topic());
        json.writeStringField("conversationId", message.conversationId());
        writePositive(json, "seq", message.seq());
        writeText(json, "messageId", message.messageId());
        writePositive(json, "unread", message.unread());
        if (message.badge() != null) {
            json.writeNumberField("badge", message.badge());
        }
        writeText(json, "title", title);
        writeText(json, "body", body);
        writeData(json);
        json.writeStringField("urgency", message.urgency().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
    }

    private static void writePositive(JsonGenerator json, String name, long number) throws IOException {
        if (number > 0) {
            json.writeNumberField(name, number);
        }
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private void writeData(JsonGenerator json) throws IOException {
        if (!message.data().isEmpty()) {
            json.writeObjectFieldStart("data");
            for (Map.Entry<String, String> field : message.data().entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
        }
    }
}

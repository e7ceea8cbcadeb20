package io.roomcast.chat.socketio.internal.wire;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationQuery.Cursor;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Encodes the position in a list of conversations as an opaque text, which the client returns for the next page. */
final class Cursors {
    private static final char SEPARATOR = ' ';

    private Cursors() {}

    /** Encodes a cursor, in Base64 for URLs. */
    static String encode(Cursor cursor) {
        String text = cursor.activeAt().toEpochMilli() + String.valueOf(SEPARATOR) + cursor.conversationId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Decodes a cursor.
     *
     * @throws ChatException if {@link #encode} did not produce it
     */
    static Cursor decode(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int separator = text.indexOf(SEPARATOR);
            long millis = Long.parseLong(text.substring(0, Math.max(0, separator)));
            return new Cursor(Instant.ofEpochMilli(millis), text.substring(separator + 1));
        } catch (IllegalArgumentException | DateTimeException forged) {
            throw ChatException.invalidCursor(JsonFields.AFTER);
        }
    }
}

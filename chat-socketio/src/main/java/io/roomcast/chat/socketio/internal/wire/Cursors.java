package io.roomcast.chat.socketio.internal.wire;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationQuery.Cursor;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Places in a list of conversations, as clients carry them without looking inside. */
final class Cursors {
    private static final char SEPARATOR = ' ';

    private Cursors() {}

    static String encode(Cursor cursor) {
        String text = cursor.activeAt().toEpochMilli() + String.valueOf(SEPARATOR) + cursor.conversationId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The place that a client was given. */
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

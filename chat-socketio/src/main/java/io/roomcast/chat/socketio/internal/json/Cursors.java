package io.roomcast.chat.socketio.internal.json;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationQuery.Cursor;
import io.roomcast.chat.model.MentionQuery;
import io.roomcast.chat.model.Reaction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Encodes the position in a list as an opaque text, which the client returns for the next page. */
public final class Cursors {
    private static final char SEPARATOR = ' ';

    private Cursors() {}

    /** Encodes the position in a list of conversations. */
    public static String encode(Cursor cursor) {
        return encodeText(cursor.activeAt().toEpochMilli() + String.valueOf(SEPARATOR) + cursor.conversationId());
    }

    /** Encodes the position in a list of users, which is the id of the last one. */
    public static String encodeUser(String userId) {
        return encodeText(userId);
    }

    /** Encodes the position in a list of reactions. */
    public static String encode(Reaction reaction) {
        String key = reaction.key();
        return encodeText(key.length() + String.valueOf(SEPARATOR) + key + reaction.userId());
    }

    /** Encodes a text, in Base64 for URLs. */
    private static String encodeText(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Encodes the position in a list of mentions. */
    public static String encode(MentionQuery.Cursor cursor) {
        return encodeText(cursor.createdAt().toEpochMilli() + String.valueOf(SEPARATOR) + cursor.messageId());
    }

    /**
     * Decodes the position in a list of mentions.
     *
     * @param field the name of the field, for a refusal
     * @throws ChatException if {@link #encode(MentionQuery.Cursor)} did not produce it
     */
    public static MentionQuery.Cursor decodeMention(String cursor, String field) {
        try {
            Cursor position = decodePosition(cursor);
            return new MentionQuery.Cursor(position.activeAt(), position.conversationId());
        } catch (IllegalArgumentException | DateTimeException forged) {
            throw ChatException.invalidCursor(field);
        }
    }

    /**
     * Decodes the position in a list of conversations.
     *
     * @throws ChatException if {@link #encode(Cursor)} did not produce it
     */
    public static Cursor decode(String cursor) {
        try {
            return decodePosition(cursor);
        } catch (IllegalArgumentException | DateTimeException forged) {
            throw ChatException.invalidCursor(JsonFields.AFTER);
        }
    }

    private static Cursor decodePosition(String cursor) {

        String text = decodeText(cursor);
        int separator = text.indexOf(SEPARATOR);
        long millis = Long.parseLong(text.substring(0, Math.max(0, separator)));
        return new Cursor(Instant.ofEpochMilli(millis), text.substring(separator + 1));
    }

    /**
     * Decodes the position in a list of users.
     *
     * @param field the name of the field, for a refusal
     * @throws ChatException if the text is not in Base64
     */
    public static String decodeUser(String cursor, String field) {
        try {
            return decodeText(cursor);
        } catch (IllegalArgumentException forged) {
            throw ChatException.invalidCursor(field);
        }
    }

    /**
     * Decodes the position in a list of reactions.
     *
     * @param field the name of the field, for a refusal
     * @throws ChatException if {@link #encode(Reaction)} did not produce it
     */
    public static Reaction decodeReaction(String cursor, String field) {
        try {
            String text = decodeText(cursor);
            int separator = text.indexOf(SEPARATOR);
            int keyEnd = separator + 1 + Integer.parseInt(text.substring(0, Math.max(0, separator)));
            return new Reaction(text.substring(separator + 1, keyEnd), text.substring(keyEnd));
        } catch (IllegalArgumentException | IndexOutOfBoundsException forged) {
            throw ChatException.invalidCursor(field);
        }
    }

    private static String decodeText(String cursor) {
        return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    }
}

package io.roomcast.chat.socketio.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.model.Position;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes optional texts, lists, times and positions as fields of an object that is open. */
public final class FieldWriter {
    private FieldWriter() {}

    /** Writes a text, or nothing if it is null. */
    public static void optional(JsonGenerator json, String field, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(field, text);
        }
    }

    /** Writes a valid JSON text as a value, or nothing if it is null. */
    public static void optionalJson(JsonGenerator json, String field, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeFieldName(field);
            json.writeRawValue(text);
        }
    }

    /** Writes a list of texts. */
    public static void texts(JsonGenerator json, String field, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** Writes a time as {@link WireTime#text} formats it. */
    public static void time(JsonGenerator json, String field, Instant time) throws IOException {
        json.writeStringField(field, WireTime.text(time));
    }

    /** Writes a time, or nothing if it is null. */
    public static void optionalTime(JsonGenerator json, String field, @Nullable Instant time) throws IOException {
        if (time != null) {
            time(json, field, time);
        }
    }

    /** Writes a position as an object. */
    public static void position(JsonGenerator json, String field, Position position) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField(JsonFields.SEQ, position.seq());
        json.writeNumberField(JsonFields.VERSION, position.version());
        json.writeEndObject();
    }
}

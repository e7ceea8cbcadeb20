package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.FileLinks;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the files attached to a message.
 *
 * <p>All of them are a list. The URL, name, size and type of the first one are also fields of the message itself, for
 * clients that know one file only.
 */
final class AttachmentJson {
    private static final String ATTACHMENTS = "attachments";
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";
    private static final String DURATION = "durationMs";
    private static final String THUMBNAIL = "thumbnailUrl";

    private AttachmentJson() {}

    /**
     * Reads the files from the list, or from the fields of the message.
     *
     * @throws ChatException if both are given and contradict each other
     */
    static List<Attachment> read(Payload payload) {
        return read(payload, null);
    }

    /**
     * As {@link #read(Payload)}, for a list in which a file may lack its URL.
     *
     * @param absent the URL of such a file, or null to refuse it
     */
    static List<Attachment> read(Payload payload, @Nullable String absent) {
        Attachment alone = file(payload, null);
        List<Attachment> all = payload.objects(ATTACHMENTS, listed -> listed(listed, absent));
        if (!all.isEmpty()) {
            requireSame(payload, all.get(0));
            return all;
        } else if (alone == null) {
            requireNone(payload);
            return List.of();
        }
        return List.of(alone);
    }

    private static void requireSame(Payload payload, Attachment first) {
        requireSame(JsonFields.FILE_URL, payload.optionalText(JsonFields.FILE_URL), first.fileUrl());
        requireSame(JsonFields.FILE_NAME, payload.optionalText(JsonFields.FILE_NAME), first.fileName());
        requireSame(JsonFields.FILE_SIZE, payload.optionalLong(JsonFields.FILE_SIZE), first.fileSize());
        requireSame(JsonFields.MIME_TYPE, payload.optionalText(JsonFields.MIME_TYPE), first.mimeType());
    }

    private static void requireSame(String field, @Nullable Object given, @Nullable Object first) {
        if (given != null && !given.equals(first)) {
            throw ChatException.invalid(field, "as in " + ATTACHMENTS + "[0], or none");
        }
    }

    private static void requireNone(Payload payload) {
        for (String field : List.of(JsonFields.FILE_NAME, JsonFields.FILE_SIZE, JsonFields.MIME_TYPE)) {
            if (payload.hasValue(field)) {
                throw ChatException.invalid(field, "none without fileUrl");
            }
        }
    }

    private static Attachment listed(Payload payload, @Nullable String absent) {
        Attachment file = file(payload, absent);
        if (file == null) {
            throw ChatException.missing(JsonFields.FILE_URL);
        }
        return new Attachment(
                file.fileUrl(),
                file.fileName(),
                file.fileSize(),
                file.mimeType(),
                payload.optionalLong(WIDTH),
                payload.optionalLong(HEIGHT),
                payload.optionalLong(DURATION),
                payload.optionalText(THUMBNAIL));
    }

    /** Reads the four fields, or returns null if there is no URL. Checks the types of all of them first. */
    private static @Nullable Attachment file(Payload payload, @Nullable String absent) {
        String given = payload.optionalText(JsonFields.FILE_URL);
        String fileUrl = given == null ? absent : given;
        String fileName = payload.optionalText(JsonFields.FILE_NAME);
        Long fileSize = payload.optionalLong(JsonFields.FILE_SIZE);
        String mimeType = payload.optionalText(JsonFields.MIME_TYPE);
        return fileUrl == null ? null : new Attachment(fileUrl, fileName, fileSize, mimeType);
    }

    /** Writes the fields of the first file, and the list; there is at least one file. */
    static void write(JsonGenerator json, List<Attachment> attachments) throws IOException {
        file(json, attachments.get(0));
        json.writeArrayFieldStart(ATTACHMENTS);
        for (Attachment attachment : attachments) {
            json.writeStartObject();
            file(json, attachment);
            number(json, WIDTH, attachment.width());
            number(json, HEIGHT, attachment.height());
            number(json, DURATION, attachment.durationMs());
            if (attachment.thumbnailUrl() != null) {
                json.writeStringField(THUMBNAIL, FileLinks.url(json, attachment.thumbnailUrl()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void file(JsonGenerator json, Attachment attachment) throws IOException {
        json.writeStringField(JsonFields.FILE_URL, FileLinks.url(json, attachment.fileUrl()));
        FieldWriter.optional(json, JsonFields.FILE_NAME, attachment.fileName());
        number(json, JsonFields.FILE_SIZE, attachment.fileSize());
        FieldWriter.optional(json, JsonFields.MIME_TYPE, attachment.mimeType());
    }

    private static void number(JsonGenerator json, String field, @Nullable Long number) throws IOException {
        if (number != null) {
            json.writeNumberField(field, number);
        }
    }
}

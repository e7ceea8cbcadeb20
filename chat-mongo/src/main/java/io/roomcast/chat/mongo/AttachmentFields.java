package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Attachment;
import java.util.List;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Converts the files attached to a message to and from a list in its document.
 *
 * <p>A document has the list only if the fields of the first file, which all releases know, are not all that there is.
 */
final class AttachmentFields {
    private static final String FILE_URL = "fileUrl";
    private static final String FILE_NAME = "fileName";
    private static final String FILE_SIZE = "fileSize";
    private static final String MIME_TYPE = "mimeType";
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";
    private static final String DURATION = "durationMs";
    private static final String THUMBNAIL = "thumbnailUrl";

    private AttachmentFields() {}

    /** Writes the list, unless the fields of the first file are all that there is. */
    static void write(BsonWriter writer, String name, List<Attachment> attachments) {
        if (attachments.isEmpty()
                || (attachments.size() == 1 && attachments.get(0).isPlain())) {
            return;
        }
        writer.writeStartArray(name);
        for (Attachment attachment : attachments) {
            writer.writeStartDocument();
            writer.writeString(FILE_URL, attachment.fileUrl());
            write(writer, FILE_NAME, attachment.fileName());
            write(writer, FILE_SIZE, attachment.fileSize());
            write(writer, MIME_TYPE, attachment.mimeType());
            write(writer, WIDTH, attachment.width());
            write(writer, HEIGHT, attachment.height());
            write(writer, DURATION, attachment.durationMs());
            write(writer, THUMBNAIL, attachment.thumbnailUrl());
            writer.writeEndDocument();
        }
        writer.writeEndArray();
    }

    private static void write(BsonWriter writer, String name, @Nullable String text) {
        if (text != null) {
            writer.writeString(name, text);
        }
    }

    private static void write(BsonWriter writer, String name, @Nullable Long number) {
        if (number != null) {
            writer.writeInt64(name, number);
        }
    }

    /**
     * Reads one file.
     *
     * @throws BsonInvalidOperationException if it has no URL
     */
    static Attachment read(BsonReader reader) {
        Document fields = new Document();
        BsonValues.eachField(reader, name -> {
            switch (name) {
                case FILE_URL, FILE_NAME, MIME_TYPE, THUMBNAIL -> fields.append(name, reader.readString());
                case FILE_SIZE, WIDTH, HEIGHT, DURATION -> fields.append(name, BsonValues.whole(reader));
                default -> reader.skipValue();
            }
        });
        return new Attachment(
                DocumentReader.text(fields, FILE_URL),
                fields.getString(FILE_NAME),
                fields.getLong(FILE_SIZE),
                fields.getString(MIME_TYPE),
                fields.getLong(WIDTH),
                fields.getLong(HEIGHT),
                fields.getLong(DURATION),
                fields.getString(THUMBNAIL));
    }
}

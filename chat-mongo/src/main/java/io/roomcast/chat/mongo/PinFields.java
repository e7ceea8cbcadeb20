package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Pin;
import java.util.Date;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Converts the pin of a message to and from a document in its own. */
final class PinFields {
    private PinFields() {}

    /** Writes the pin, unless it is null. */
    static void write(BsonWriter writer, String name, @Nullable Pin pin) {
        if (pin != null) {
            writer.writeStartDocument(name);
            writer.writeString(DocumentFields.BY, pin.by());
            writer.writeDateTime(DocumentFields.AT, pin.at().toEpochMilli());
            writer.writeEndDocument();
        }
    }

    /** Reads a pin. */
    static Pin read(BsonReader reader) {
        Document fields = new Document();
        BsonValues.eachField(reader, name -> {
            switch (name) {
                case DocumentFields.BY -> fields.append(name, reader.readString());
                case DocumentFields.AT -> fields.append(name, Date.from(BsonValues.instant(reader)));
                default -> reader.skipValue();
            }
        });
        return new Pin(DocumentReader.text(fields, DocumentFields.BY), Documents.instant(fields, DocumentFields.AT));
    }
}

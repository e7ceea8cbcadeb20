package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Annotation;
import java.util.List;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;

/** Converts the annotations of a message to and from a list in its document. */
final class AnnotationFields {
    private AnnotationFields() {}

    /** Writes the list, unless it is empty. */
    static void write(BsonWriter writer, String name, List<Annotation> annotations) {
        if (!annotations.isEmpty()) {
            writer.writeStartArray(name);
            annotations.forEach(annotation -> write(writer, annotation));
            writer.writeEndArray();
        }
    }

    private static void write(BsonWriter writer, Annotation annotation) {
        writer.writeStartDocument();
        writer.writeString(DocumentFields.KEY, annotation.key());
        writer.writeString(DocumentFields.JSON, annotation.json());
        writer.writeEndDocument();
    }

    /** Reads one annotation. */
    static Annotation read(BsonReader reader) {
        Document fields = new Document();
        BsonValues.eachField(reader, name -> {
            if (name.equals(DocumentFields.KEY) || name.equals(DocumentFields.JSON)) {
                fields.append(name, reader.readString());
            } else {
                reader.skipValue();
            }
        });
        return new Annotation(
                DocumentReader.text(fields, DocumentFields.KEY), DocumentReader.text(fields, DocumentFields.JSON));
    }
}

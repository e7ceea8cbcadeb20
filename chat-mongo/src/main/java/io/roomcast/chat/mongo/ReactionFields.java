package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Reaction;
import java.util.List;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;

/** Converts the reactions to a message to and from a list in its document. */
final class ReactionFields {
    private ReactionFields() {}

    /** Writes the list, unless it is empty. */
    static void write(BsonWriter writer, String name, List<Reaction> reactions) {
        if (!reactions.isEmpty()) {
            writer.writeStartArray(name);
            reactions.forEach(reaction -> write(writer, reaction));
            writer.writeEndArray();
        }
    }

    private static void write(BsonWriter writer, Reaction reaction) {
        writer.writeStartDocument();
        writer.writeString(DocumentFields.KEY, reaction.key());
        writer.writeString(DocumentFields.USER_ID, reaction.userId());
        writer.writeEndDocument();
    }

    /** Reads one reaction. */
    static Reaction read(BsonReader reader) {
        Document fields = new Document();
        BsonValues.eachField(reader, name -> {
            if (name.equals(DocumentFields.KEY) || name.equals(DocumentFields.USER_ID)) {
                fields.append(name, reader.readString());
            } else {
                reader.skipValue();
            }
        });
        return new Reaction(
                DocumentReader.text(fields, DocumentFields.KEY), DocumentReader.text(fields, DocumentFields.USER_ID));
    }
}

package io.roomcast.chat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bson.BsonReader;
import org.bson.BsonType;

/** Reads values in the forms in which other programs may have written them. */
final class BsonValues {
    private BsonValues() {}

    /** Tells the name of each field, whose value is then to be read or skipped; null is passed over as absent. */
    static void eachField(BsonReader reader, Consumer<String> onField) {
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            String name = reader.readName();
            if (reader.getCurrentBsonType() == BsonType.NULL) {
                reader.skipValue();
            } else {
                onField.accept(name);
            }
        }
        reader.readEndDocument();
    }

    static <T> List<T> array(BsonReader reader, Function<BsonReader, T> element) {
        List<T> elements = new ArrayList<>();
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            elements.add(element.apply(reader));
        }
        reader.readEndArray();
        return elements;
    }

    /** Scripts write small numbers as 32 bits, and the MongoDB shell writes them as floating point. */
    static long whole(BsonReader reader) {
        return switch (reader.getCurrentBsonType()) {
            case INT32 -> reader.readInt32();
            case DOUBLE -> (long) reader.readDouble();
            default -> reader.readInt64();
        };
    }

    static Instant instant(BsonReader reader) {
        return Instant.ofEpochMilli(reader.readDateTime());
    }
}

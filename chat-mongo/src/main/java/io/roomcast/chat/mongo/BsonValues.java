package io.roomcast.chat.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bson.BsonReader;
import org.bson.BsonType;

/** Reads BSON values, also in the types that scripts and the MongoDB shell write. */
final class BsonValues {
    private BsonValues() {}

    /** Calls the consumer for each field, which must read or skip the value. Null values are skipped. */
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

    /** Reads an array with a function that reads one element. */
    static <T> List<T> array(BsonReader reader, Function<BsonReader, T> element) {
        List<T> elements = new ArrayList<>();
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            elements.add(element.apply(reader));
        }
        reader.readEndArray();
        return elements;
    }

    /** Reads a whole number. Scripts write small ones as 32 bits, and the MongoDB shell as floating point. */
    static long whole(BsonReader reader) {
        return switch (reader.getCurrentBsonType()) {
            case INT32 -> reader.readInt32();
            case DOUBLE -> (long) reader.readDouble();
            default -> reader.readInt64();
        };
    }

    /** Reads a time. */
    static Instant instant(BsonReader reader) {
        return Instant.ofEpochMilli(reader.readDateTime());
    }
}

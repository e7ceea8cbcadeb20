package io.roomcast.chat.mongo;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Creates filters, and reads fields of documents. */
final class Documents {
    private Documents() {}

    /** Returns a filter by id. */
    static Document byId(String id) {
        return new Document(DocumentFields.ID, id);
    }

    /** Returns a filter by any of the ids. */
    static Document byIds(Iterable<String> ids) {
        return new Document(DocumentFields.ID, new Document("$in", ids));
    }

    /** Returns a filter for any of the alternatives. A single one is returned as it is, so that its index is used. */
    static Document anyOf(List<Document> alternatives) {
        return alternatives.size() == 1 ? alternatives.get(0) : new Document("$or", alternatives);
    }

    /** Returns a whole number of any numeric type; 0 if the field is missing. */
    static long whole(Document stored, String name) {
        return stored.get(name, (Number) 0L).longValue();
    }

    /**
     * Returns a time.
     *
     * @throws BsonInvalidOperationException if the field is missing
     */
    static Instant instant(Document stored, String name) {
        @Nullable Date date = stored.getDate(name);
        if (date == null) {
            throw new BsonInvalidOperationException("no field " + name + " in " + stored.get(DocumentFields.ID));
        }
        return date.toInstant();
    }

    /** Appends the value unless it is null. */
    static void append(Document target, String name, @Nullable Object value) {
        if (value != null) {
            target.append(name, value);
        }
    }
}

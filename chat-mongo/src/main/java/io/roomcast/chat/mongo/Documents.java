package io.roomcast.chat.mongo;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What small documents have in common; messages have a codec of their own. */
final class Documents {
    private Documents() {}

    static Document byId(String id) {
        return new Document(DocumentFields.ID, id);
    }

    static Document byIds(Iterable<String> ids) {
        return new Document(DocumentFields.ID, new Document("$in", ids));
    }

    /** A single alternative stays as it is, so that a server finds its index. */
    static Document anyOf(List<Document> alternatives) {
        return alternatives.size() == 1 ? alternatives.get(0) : new Document("$or", alternatives);
    }

    /** The number of any type; 0 if it is not there. */
    static long whole(Document stored, String name) {
        return stored.get(name, (Number) 0L).longValue();
    }

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

package io.roomcast.chat.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents of one collection. Skips malformed documents of other programs, so that one of them does not make
 * a whole page or list fail. Safe for use by several threads.
 *
 * @param <D> the type of the documents
 */
final class DocumentReader<D extends Map<String, ?>> {
    private final MalformedDocuments malformed;

    DocumentReader(String collection) {
        this.malformed = new MalformedDocuments(collection);
    }

    /** Returns the objects that the documents hold, in order. */
    <T> List<T> all(Iterable<D> documents, Function<D, T> reading) {
        List<T> found = new ArrayList<>();
        documents.forEach(document -> read(document, reading).ifPresent(found::add));
        return found;
    }

    /** Returns the object that the document holds; empty if the document is null or malformed. */
    <T> Optional<T> read(@Nullable D document, Function<D, T> reading) {
        if (document == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(document));
        } catch (RuntimeException unreadable) {
            malformed.recordSkipped(document.get(DocumentFields.ID), unreadable);
            return Optional.empty();
        }
    }

    /**
     * Returns at most {@code limit} objects. Queries again with a higher limit if documents were skipped, so a short
     * page still means that there are no more.
     *
     * @param query gives the first documents, up to a limit
     */
    <T> List<T> page(int limit, IntFunction<? extends Iterable<D>> query, Function<D, T> reading) {
        int asked = limit;
        while (true) {
            List<D> documents = new ArrayList<>();
            query.apply(asked).forEach(documents::add);
            List<T> found = all(documents, reading);
            if (found.size() >= limit || documents.size() < asked) {
                return found.size() > limit ? List.copyOf(found.subList(0, limit)) : found;
            }
            asked += Math.max(limit, documents.size() - found.size());
        }
    }

    /**
     * Returns a field that must be a string.
     *
     * @throws BsonInvalidOperationException if it is missing or something else
     */
    static String text(Document document, String field) {
        if (document.get(field) instanceof String text) {
            return text;
        }
        throw new BsonInvalidOperationException("no text " + field);
    }
}

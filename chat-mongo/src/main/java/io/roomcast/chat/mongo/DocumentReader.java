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
 * Reads the documents of one collection, and leaves out those that another program wrote in another form, so that they
 * do not make a page or a list unreadable. Safe for use by several threads.
 *
 * @param <D> a document
 */
final class DocumentReader<D extends Map<String, ?>> {
    private final OddDocuments odd;

    DocumentReader(String collection) {
        this.odd = new OddDocuments(collection);
    }

    /** What the documents hold, in their order. */
    <T> List<T> all(Iterable<D> documents, Function<D, T> reading) {
        List<T> found = new ArrayList<>();
        documents.forEach(document -> read(document, reading).ifPresent(found::add));
        return found;
    }

    /** What the document holds; empty for none and for one that cannot be read. */
    <T> Optional<T> read(@Nullable D document, Function<D, T> reading) {
        if (document == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(document));
        } catch (RuntimeException unreadable) {
            odd.leftOut(document.get(Fields.ID), unreadable);
            return Optional.empty();
        }
    }

    /**
     * At most so many objects, where a query with a limit gives documents of which some may be left out: then it is
     * asked for more, so that a short page still means that there is nothing after it.
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
     * A field that must be a text.
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

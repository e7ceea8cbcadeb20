package io.roomcast.examples.chatserver.index;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * A collection that finds documents by ordered indexes, as MongoDB does: by a part of an index's fields, by ranges, by
 * lists of values, and by alternatives of these. It reads a page in the order of an index without sorting.
 */
public final class IndexedCollection extends H2Collection {
    private static final String DATA_PREFIX = "databases.";
    private static final String META_PREFIX = "meta.";

    /** Opens the collection, or creates an empty one. */
    public IndexedCollection(
            MVStore store, MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
        super(
                database,
                name,
                options,
                map(store, DATA_PREFIX, database, name),
                map(store, META_PREFIX, database, name),
                cursors);
    }

    private static <K, V> MVMap<K, V> map(MVStore store, String prefix, MongoDatabase database, String name) {
        return store.openMap(prefix + database.getDatabaseName() + "." + name);
    }

    @Override
    protected QueryResult queryDocuments(
            Document query,
            @Nullable Document orderBy,
            int numberToSkip,
            int limit,
            int batchSize,
            @Nullable Document fieldSelector) {
        Optional<Iterable<Object>> found = lookup(query);
        if (found.isEmpty() && orderBy != null) {
            Optional<Iterable<Object>> inOrder = inOrder(query, orderBy);
            if (inOrder.isPresent()) {
                return matchDocuments(query, inOrder.get(), null, numberToSkip, limit, batchSize, fieldSelector);
            }
        }
        found = found.or(() -> positions(query));
        return found.isPresent()
                ? matchDocuments(query, found.get(), orderBy, numberToSkip, limit, batchSize, fieldSelector)
                : matchDocuments(query, orderBy, numberToSkip, limit, batchSize, fieldSelector);
    }

    /** Returns the positions of a query that has values for all fields of a unique index: at most one for each value. */
    private Optional<Iterable<Object>> lookup(Document query) {
        for (Index<Object> index : getIndexes()) {
            if (index.canHandle(query)) {
                return Optional.of(index.getPositions(query));
            }
        }
        return Optional.empty();
    }

    /** Returns the positions of a query in the required order, if an index has it. */
    private Optional<Iterable<Object>> inOrder(Document query, Document orderBy) {
        for (OrderedIndex index : ordered()) {
            List<IndexRange> ranges = index.ranges(query);
            if (ranges.size() == 1 && index.isInOrder(ranges.get(0), orderBy)) {
                boolean descending = ((Number) orderBy.values().iterator().next()).intValue() < 0;
                return Optional.of(index.positions(ranges.get(0), descending));
            }
        }
        return Optional.empty();
    }

    /** Returns positions that include all those of a query, if indexes serve it. */
    private Optional<Iterable<Object>> positions(Document query) {
        Object alternatives = query.get("$or");
        Optional<Iterable<Object>> all = best(query);
        return all.isPresent() || !(alternatives instanceof Collection<?> list) ? all : union(list);
    }

    private Optional<Iterable<Object>> union(Collection<?> alternatives) {
        Set<Object> positions = new LinkedHashSet<>();
        for (Object alternative : alternatives) {
            Optional<Iterable<Object>> some = positions((Document) alternative);
            if (some.isEmpty()) {
                return some;
            }
            some.get().forEach(positions::add);
        }
        return Optional.of(positions);
    }

    /** Returns the positions by the index whose first fields the query restricts most. */
    private Optional<Iterable<Object>> best(Document query) {
        OrderedIndex best = null;
        List<IndexRange> ranges = List.of();
        for (OrderedIndex index : ordered()) {
            List<IndexRange> candidates = index.ranges(query);
            if (!candidates.isEmpty() && (best == null || precision(candidates) > precision(ranges))) {
                best = index;
                ranges = candidates;
            }
        }
        return best == null ? Optional.empty() : Optional.of(positions(best, ranges));
    }

    private static int precision(List<IndexRange> ranges) {
        return ranges.get(0).equalFields();
    }

    private static Iterable<Object> positions(OrderedIndex index, List<IndexRange> ranges) {
        Set<Object> positions = new LinkedHashSet<>();
        ranges.forEach(range -> index.positions(range, false).forEach(positions::add));
        return positions;
    }

    private List<OrderedIndex> ordered() {
        List<OrderedIndex> ordered = new ArrayList<>();
        for (Index<Object> index : getIndexes()) {
            if (index instanceof OrderedIndex one) {
                ordered.add(one);
            }
        }
        return ordered;
    }
}

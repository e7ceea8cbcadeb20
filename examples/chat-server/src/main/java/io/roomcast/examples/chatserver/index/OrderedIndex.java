package io.roomcast.examples.chatserver.index;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/** An index with its keys in order. Its fields hold no lists. */
interface OrderedIndex {
    /** Returns the indexed fields in their order. */
    List<String> fields();

    /** Returns the positions of documents by their keys. */
    MVMap<KeyValue, Object> positions();

    /** Returns where the index has all documents of a query. Empty if it does not serve the query. */
    default List<IndexRange> ranges(Document query) {
        return IndexRange.of(query, fields());
    }

    /** Returns the positions in a range, from its beginning or from its end. Reads them while they are consumed. */
    default Iterable<Object> positions(IndexRange range, boolean descending) {
        return () -> {
            Cursor<KeyValue, Object> cursor = descending
                    ? positions().cursor(range.to(), range.from(), true)
                    : positions().cursor(range.from(), range.to(), false);
            return new Positions(cursor);
        };
    }

    /** Returns whether the documents of a range are in an order of fields, all ascending or all descending. */
    default boolean isInOrder(IndexRange range, Document orderBy) {
        List<String> following = fields().subList(range.equalFields(), fields().size());
        List<String> order = new ArrayList<>(orderBy.keySet());
        return !order.isEmpty()
                && order.size() <= following.size()
                && following.subList(0, order.size()).equals(order)
                && orderBy.values().stream()
                                .map(direction -> ((Number) direction).intValue())
                                .distinct()
                                .count()
                        == 1;
    }

    /** Reads the positions of a cursor. */
    record Positions(Cursor<KeyValue, Object> cursor) implements Iterator<Object> {
        @Override
        public boolean hasNext() {
            return cursor.hasNext();
        }

        @Override
        public Object next() {
            cursor.next();
            return cursor.getValue();
        }
    }
}

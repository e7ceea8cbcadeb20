package io.roomcast.examples.chatserver.index;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of an index. The ranges of a query have all its documents, and perhaps others.
 *
 * @param from the lowest key, or one before it
 * @param to the highest key, or one after it
 * @param equalFields how many of the index's first fields have one value in the whole range
 */
record IndexRange(KeyValue from, KeyValue to, int equalFields) {
    private static final Set<String> LOWER = Set.of("$gt", "$gte");
    private static final Set<String> UPPER = Set.of("$lt", "$lte");

    /** Returns the ranges of a query, without an overlap. Empty if the query does not restrict the first field. */
    static List<IndexRange> of(Document query, List<String> fields) {
        List<List<Object>> equal = List.of(List.of());
        for (String field : fields) {
            Object condition = query.get(field);
            Collection<?> values = alternatives(condition);
            if (values.isEmpty()) {
                Document bounds = condition instanceof Document operators ? operators : new Document();
                return equal.stream()
                        .filter(prefix -> !prefix.isEmpty() || isBounded(bounds))
                        .map(prefix -> between(prefix, bounds))
                        .toList();
            }
            equal = equal.stream()
                    .flatMap(prefix -> values.stream().map(value -> with(prefix, value)))
                    .toList();
        }
        return equal.stream().map(key -> between(key, new Document())).toList();
    }

    /** Returns the values that a condition permits. Empty if it does not list them. */
    private static Collection<?> alternatives(@Nullable Object condition) {
        if (isPlain(condition)) {
            return List.of(condition);
        }
        Object listed = condition instanceof Document operators ? operators.get("$in") : null;
        return listed instanceof Collection<?> values && values.stream().allMatch(IndexRange::isPlain)
                ? Set.copyOf(values)
                : List.of();
    }

    private static boolean isBounded(Document bounds) {
        return bound(bounds, LOWER) != null || bound(bounds, UPPER) != null;
    }

    private static IndexRange between(List<Object> equal, Document bounds) {
        Object lower = bound(bounds, LOWER);
        Object upper = bound(bounds, UPPER);
        List<Object> from = lower == null ? equal : with(equal, lower);
        List<Object> to = upper == null ? equal : with(equal, upper);
        return new IndexRange(
                key(from.isEmpty() ? List.of(MinKey.getInstance()) : from),
                key(with(to, MaxKey.getInstance())),
                equal.size());
    }

    private static @Nullable Object bound(Document bounds, Set<String> operators) {
        return bounds.entrySet().stream()
                .filter(bound -> operators.contains(bound.getKey()) && isPlain(bound.getValue()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static KeyValue key(List<Object> values) {
        return new KeyValue(values).normalized();
    }

    private static List<Object> with(List<Object> values, Object last) {
        List<Object> all = new ArrayList<>(values);
        all.add(last);
        return all;
    }

    /** Returns whether the value is compared as it is. Null also matches documents without the field. */
    private static boolean isPlain(@Nullable Object value) {
        return value != null
                && !(value instanceof Document)
                && !(value instanceof Collection)
                && !BsonRegularExpression.isRegularExpression(value);
    }
}

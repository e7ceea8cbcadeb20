package io.roomcast.chat.mongo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Determines which index serves a command: the one with the longest prefix of fields that the filter constrains. Uses only
 * the filter, because the test server has no {@code explain}.
 */
final class IndexUse {
    static final String SCAN = "SCAN";

    private static final Set<String> WITHOUT_FILTER = Set.of("insert", "listIndexes", "createIndexes", "ping");

    private IndexUse() {}

    /** Returns the used indexes, such as {@code messages.conv_seq}, sorted. */
    static SortedSet<String> of(List<BsonDocument> commands) {
        SortedSet<String> used = new TreeSet<>();
        for (BsonDocument command : commands) {
            String name = command.getFirstKey();
            if (!WITHOUT_FILTER.contains(name)) {
                String collection = command.getString(name).getValue();
                filters(command).forEach(filter -> used.add(collection + "." + index(collection, filter)));
            }
        }
        return used;
    }

    private static List<BsonDocument> filters(BsonDocument command) {
        return switch (command.getFirstKey()) {
            case "find" -> alternatives(command.getDocument("filter", new BsonDocument()));
            case "update" -> queries(command.getArray("updates"));
            case "delete" -> queries(command.getArray("deletes"));
            case "findAndModify", "distinct" -> alternatives(command.getDocument("query", new BsonDocument()));
            default -> throw new IllegalArgumentException("a command that is not known here: " + command);
        };
    }

    private static List<BsonDocument> queries(BsonArray writes) {
        List<BsonDocument> filters = new ArrayList<>();
        writes.forEach(write -> filters.addAll(alternatives(write.asDocument().getDocument("q"))));
        return filters;
    }

    /** Where a filter has alternatives and no id, each of them needs an index. */
    private static List<BsonDocument> alternatives(BsonDocument filter) {
        return filter.containsKey("$or") && !filter.containsKey("_id")
                ? filter.getArray("$or").stream().map(BsonValue::asDocument).toList()
                : List.of(filter);
    }

    private static String index(String collection, BsonDocument filter) {
        if (isConstrained(filter, "_id")) {
            return "_id";
        }
        return Indexes.ALL.stream()
                .filter(index -> index.collection().equals(collection))
                .filter(index -> served(index, filter) > 0)
                .max(Comparator.comparingLong(index -> served(index, filter)))
                .map(RequiredIndex::name)
                .orElse(SCAN);
    }

    private static long served(RequiredIndex index, BsonDocument filter) {
        return index.fields().stream()
                .takeWhile(field -> isConstrained(filter, field))
                .count();
    }

    /** Returns whether the field is constrained by equality or a range. A negation matches most documents, so it is not. */
    private static boolean isConstrained(BsonDocument filter, String field) {
        BsonValue condition = filter.get(field);
        if (condition == null) {
            return false;
        }
        return condition instanceof BsonString
                || !condition.isDocument()
                || condition.asDocument().keySet().stream()
                        .anyMatch(Set.of("$in", "$gt", "$gte", "$lt", "$lte", "$eq")::contains);
    }
}

package io.roomcast.chat.mongo;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * An index that the chat needs. Immutable.
 *
 * @param collection the collection's name
 * @param name the name that it gets where the chat creates it
 * @param kind what it does besides finding documents
 * @param fields the indexed fields, all ascending
 */
record RequiredIndex(String collection, String name, Kind kind, List<String> fields) {
    /** What an index does besides finding documents. */
    enum Kind {
        /** Nothing. */
        PLAIN,
        /** Leaves out the documents without its fields, which then cost nothing. */
        SPARSE,
        /** Refuses a second document with the same values. */
        UNIQUE,
        /** Removes documents {@link MessageLog#KEPT} after the time in its field, and leaves out those without it. */
        EXPIRING
    }

    static final String EXPIRE_AFTER = "expireAfterSeconds";
    private static final long EXPIRE_AFTER_SECONDS = MessageLog.KEPT.toSeconds();
    private static final String PARTIAL = "partialFilterExpression";

    RequiredIndex {
        fields = List.copyOf(fields);
    }

    IndexModel model() {
        IndexOptions options = new IndexOptions().name(name);
        return new IndexModel(
                keys(),
                switch (kind) {
                    case PLAIN -> options;
                    case SPARSE -> options.sparse(true);
                    case UNIQUE -> options.unique(true);
                    case EXPIRING -> options.sparse(true).expireAfter(EXPIRE_AFTER_SECONDS, TimeUnit.SECONDS);
                });
    }

    /** The command of the MongoDB shell that creates the index. */
    String command() {
        Document options = new Document("name", name);
        switch (kind) {
            case PLAIN -> {}
            case SPARSE -> options.append("sparse", true);
            case UNIQUE -> options.append("unique", true);
            case EXPIRING -> options.append("sparse", true).append(EXPIRE_AFTER, EXPIRE_AFTER_SECONDS);
        }
        return "db.%s.createIndex(%s, %s)".formatted(collection, keys().toJson(), options.toJson());
    }

    private Document keys() {
        Document keys = new Document();
        fields.forEach(field -> keys.append(field, 1));
        return keys;
    }

    /**
     * Whether an existing index does the same, whatever its name and its further options. A longer index serves where
     * only finding counts, and the direction of a field never counts.
     */
    boolean isServedBy(Document existing) {
        List<String> keys = keysOf(existing);
        boolean fits = switch (kind) {
            case UNIQUE -> keys.equals(fields) && existing.getBoolean("unique", false);
            case EXPIRING -> keys.equals(fields) && existing.containsKey(EXPIRE_AFTER);
            case PLAIN -> startsWithFields(keys) && !existing.getBoolean("sparse", false);
            case SPARSE -> startsWithFields(keys);
        };
        return fits && isComplete(existing);
    }

    /** A filter, a collation or hiding keeps the server from using an index for every document and query. */
    private static boolean isComplete(Document existing) {
        return !existing.containsKey(PARTIAL)
                && !existing.containsKey("collation")
                && !existing.getBoolean("hidden", false)
                && existing.get("key", Document.class).values().stream().allMatch(Number.class::isInstance);
    }

    /** Whether the server would refuse ours because of an existing index that does something else. */
    boolean isPreventedBy(Document existing) {
        return name.equals(existing.getString("name")) || keysOf(existing).equals(fields);
    }

    private boolean startsWithFields(List<String> keys) {
        return keys.size() >= fields.size() && keys.subList(0, fields.size()).equals(fields);
    }

    private static List<String> keysOf(Document existing) {
        return List.copyOf(existing.get("key", Document.class).keySet());
    }

    /** An existing index in words, with what matters to the chat. */
    static String described(Document index) {
        StringBuilder text = new StringBuilder(index.getString("name"))
                .append(' ')
                .append(index.get("key", Document.class).toJson())
                .append(index.getBoolean("unique", false) ? " unique" : " not unique");
        if (index.containsKey(EXPIRE_AFTER)) {
            text.append(", expiring");
        }
        if (index.containsKey(PARTIAL)) {
            text.append(", partial");
        }
        if (index.containsKey("collation")) {
            text.append(", with a collation");
        }
        if (index.getBoolean("hidden", false)) {
            text.append(", hidden");
        }
        return text.toString();
    }

    /** This index in the same words. */
    String described() {
        Document index = new Document("name", name).append("key", keys()).append("unique", kind == Kind.UNIQUE);
        return described(kind == Kind.EXPIRING ? index.append(EXPIRE_AFTER, EXPIRE_AFTER_SECONDS) : index);
    }
}

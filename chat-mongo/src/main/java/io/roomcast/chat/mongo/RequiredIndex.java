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
 * @param name the name under which the chat creates it
 * @param kind the properties of the index
 * @param fields the indexed fields, all ascending
 */
record RequiredIndex(String collection, String name, Kind kind, List<String> fields) {
    /** The properties of an index. */
    enum Kind {
        /** An index that only serves queries. */
        PLAIN,
        /** A sparse index, which omits documents without its fields. */
        SPARSE,
        /** A partial index, which omits documents without its first field. */
        PARTIAL,
        /** A unique index, which rejects a second document with the same values. */
        UNIQUE,
        /**
         * A sparse TTL index, which removes documents {@link MessageLog#KEPT} after the time in its field.
         */
        EXPIRING
    }

    static final String EXPIRE_AFTER = "expireAfterSeconds";
    private static final long EXPIRE_AFTER_SECONDS = MessageLog.KEPT.toSeconds();
    private static final String PARTIAL = "partialFilterExpression";

    RequiredIndex {
        fields = List.copyOf(fields);
    }

    /** Returns the driver's description of the index. */
    IndexModel model() {
        IndexOptions options = new IndexOptions().name(name);
        return new IndexModel(
                keys(),
                switch (kind) {
                    case PLAIN -> options;
                    case SPARSE -> options.sparse(true);
                    case PARTIAL -> options.partialFilterExpression(present());
                    case UNIQUE -> options.unique(true);
                    case EXPIRING -> options.sparse(true).expireAfter(EXPIRE_AFTER_SECONDS, TimeUnit.SECONDS);
                });
    }

    /** Returns the MongoDB shell command that creates the index. */
    String command() {
        Document options = new Document("name", name);
        switch (kind) {
            case PLAIN -> {}
            case SPARSE -> options.append("sparse", true);
            case PARTIAL -> options.append(PARTIAL, present());
            case UNIQUE -> options.append("unique", true);
            case EXPIRING -> options.append("sparse", true).append(EXPIRE_AFTER, EXPIRE_AFTER_SECONDS);
        }
        return "db.%s.createIndex(%s, %s)".formatted(collection, keys().toJson(), options.toJson());
    }

    private Document present() {
        return new Document(fields.get(0), new Document("$exists", true));
    }

    private Document keys() {
        Document keys = new Document();
        fields.forEach(field -> keys.append(field, 1));
        return keys;
    }

    /**
     * Returns whether an existing index serves the same purpose, whatever its name and other options. A longer index
     * serves if this one only finds documents. The direction of a field does not matter.
     */
    boolean isServedBy(Document existing) {
        List<String> keys = keysOf(existing);
        boolean fits = switch (kind) {
            case UNIQUE -> keys.equals(fields) && existing.getBoolean("unique", false);
            case EXPIRING -> keys.equals(fields) && existing.containsKey(EXPIRE_AFTER);
            case PLAIN -> startsWithFields(keys) && !existing.getBoolean("sparse", false);
            case SPARSE -> startsWithFields(keys);
            case PARTIAL -> startsWithFields(keys) && !existing.getBoolean("sparse", false);
        };
        return fits && isComplete(existing);
    }

    /**
     * Rejects indexes that are partial in another way, hidden or have a collation, because the server cannot use them for every
     * document and query.
     */
    private boolean isComplete(Document existing) {
        return (!existing.containsKey(PARTIAL)
                        || (kind == Kind.PARTIAL && present().equals(existing.get(PARTIAL))))
                && !existing.containsKey("collation")
                && !existing.getBoolean("hidden", false)
                && existing.get("key", Document.class).values().stream().allMatch(Number.class::isInstance);
    }

    /** Returns whether an existing, different index keeps the server from creating this one. */
    boolean isPreventedBy(Document existing) {
        return name.equals(existing.getString("name")) || keysOf(existing).equals(fields);
    }

    private boolean startsWithFields(List<String> keys) {
        return keys.size() >= fields.size() && keys.subList(0, fields.size()).equals(fields);
    }

    private static List<String> keysOf(Document existing) {
        return List.copyOf(existing.get("key", Document.class).keySet());
    }

    /** Describes an existing index, with the properties that matter to the chat. */
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

    /** Describes this index in the same form. */
    String described() {
        Document index = new Document("name", name).append("key", keys()).append("unique", kind == Kind.UNIQUE);
        Documents.append(index, EXPIRE_AFTER, kind == Kind.EXPIRING ? EXPIRE_AFTER_SECONDS : null);
        Documents.append(index, PARTIAL, kind == Kind.PARTIAL ? present() : null);
        return described(index);
    }
}

package io.roomcast.chat.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** The indexes that order and idempotency rest on: made where they are missing, and checked where they are not. */
final class Indexes {
    private static final String EXPIRE_AFTER = "expireAfterSeconds";

    static final String CONV_SEQ = "conv_seq";
    static final String CONV_SENDER_KEY = "conv_sender_key";

    private static final List<Wanted> OF_MESSAGES = List.of(
            Wanted.unique(CONV_SEQ, Fields.CONVERSATION_ID, Fields.SEQ),
            Wanted.unique(CONV_SENDER_KEY, Fields.CONVERSATION_ID, Fields.SENDER_ID, Fields.CLIENT_MESSAGE_ID),
            Wanted.ofExpiry());

    private static final List<Wanted> OF_CHANGES =
            List.of(Wanted.unique("conv_version", Fields.CONVERSATION_ID, Fields.VERSION), Wanted.ofExpiry());

    private static final List<Wanted> OF_MEMBERS = List.of(
            Wanted.unique("user_conv", Fields.USER_ID, Fields.CONVERSATION_ID),
            Wanted.plain("conv_user", Fields.CONVERSATION_ID, Fields.USER_ID));

    private static final List<Wanted> OF_RECEIPTS =
            List.of(Wanted.unique("conv_user", Fields.CONVERSATION_ID, Fields.USER_ID));

    private Indexes() {}

    /**
     * Makes what is missing; does nothing where nothing is.
     *
     * @throws IllegalStateException if an index is there that forbids one of ours
     */
    static void ensure(ChatDatabase database) {
        ensure(database.messages(), OF_MESSAGES);
        ensure(database.changes(), OF_CHANGES);
        ensure(database.members(), OF_MEMBERS);
        ensure(database.receipts(), OF_RECEIPTS);
    }

    private static void ensure(MongoCollection<?> collection, List<Wanted> wanted) {
        List<Document> existing = collection.listIndexes().into(new ArrayList<>());
        List<IndexModel> missing = wanted.stream()
                .filter(index -> index.isMissing(collection, existing))
                .map(Wanted::model)
                .toList();
        if (!missing.isEmpty()) {
            collection.createIndexes(missing);
        }
    }

    private record Wanted(String name, boolean unique, boolean expiring, List<String> fields) {
        static Wanted unique(String name, String... fields) {
            return new Wanted(name, true, false, List.of(fields));
        }

        static Wanted plain(String name, String... fields) {
            return new Wanted(name, false, false, List.of(fields));
        }

        /** The server removes documents by it; those without the field stay, and cost it nothing. */
        static Wanted ofExpiry() {
            return new Wanted("expiry", false, true, List.of(Fields.EXPIRES_AT));
        }

        IndexModel model() {
            IndexOptions options = new IndexOptions().name(name).unique(unique);
            return new IndexModel(keys(), expiring ? options.sparse(true).expireAfter(0L, TimeUnit.SECONDS) : options);
        }

        private Document keys() {
            Document keys = new Document();
            fields.forEach(field -> keys.append(field, 1));
            return keys;
        }

        boolean isMissing(MongoCollection<?> collection, List<Document> existing) {
            for (Document index : existing) {
                if (concerns(index)) {
                    check(collection, index);
                    return false;
                }
            }
            return true;
        }

        /** A database takes neither a second index of one name nor a second one of the same fields. */
        private boolean concerns(Document index) {
            return name.equals(index.getString("name")) || hasOurKeys(index);
        }

        private void check(MongoCollection<?> collection, Document index) {
            boolean fits = name.equals(index.getString("name"))
                    && hasOurKeys(index)
                    && unique == index.getBoolean("unique", false)
                    && expiring == index.containsKey(EXPIRE_AFTER)
                    && !index.containsKey("partialFilterExpression");
            if (!fits) {
                throw new IllegalStateException("collection %s has the index %s (expected: %s); drop it or rename it"
                        .formatted(collection.getNamespace(), described(index), described(asDocument())));
            }
        }

        private boolean hasOurKeys(Document index) {
            Document existing = index.get("key", Document.class);
            return List.copyOf(existing.keySet()).equals(fields)
                    && existing.values().stream()
                            .allMatch(way -> way instanceof Number number && number.intValue() == 1);
        }

        private Document asDocument() {
            Document document = new Document("name", name).append("key", keys()).append("unique", unique);
            return expiring ? document.append(EXPIRE_AFTER, 0) : document;
        }

        private static String described(Document index) {
            String kind = index.getBoolean("unique", false) ? "unique" : "not unique";
            String expiring = index.containsKey(EXPIRE_AFTER) ? ", expiring" : "";
            String part = index.containsKey("partialFilterExpression") ? ", partial" : "";
            return index.getString("name") + " "
                    + index.get("key", Document.class).toJson() + " " + kind + expiring + part;
        }
    }
}

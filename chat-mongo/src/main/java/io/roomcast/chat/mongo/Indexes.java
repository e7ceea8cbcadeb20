package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.mongo.MessageField.UserTrace;
import io.roomcast.chat.mongo.RequiredIndex.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;

/** All indexes of the chat. Two enforce order and idempotency; the others serve queries and erasures. */
final class Indexes {
    static final String CONV_SEQ = "conv_seq";
    static final String CONV_SENDER_KEY = "conv_sender_key";

    private static final List<RequiredIndex> FIXED = List.of(
            unique("messages", CONV_SEQ, DocumentFields.CONVERSATION_ID, DocumentFields.SEQ),
            unique(
                    "messages",
                    CONV_SENDER_KEY,
                    DocumentFields.CONVERSATION_ID,
                    DocumentFields.SENDER_ID,
                    DocumentFields.CLIENT_MESSAGE_ID),
            expiring("messages"),
            plain("messages", "sender", DocumentFields.SENDER_ID),
            partial(
                    "messages",
                    "mention_conv_seq",
                    DocumentFields.MENTIONS,
                    DocumentFields.CONVERSATION_ID,
                    DocumentFields.SEQ),
            unique("changes", "conv_version", DocumentFields.CONVERSATION_ID, DocumentFields.VERSION),
            expiring("changes"),
            plain("changes", "user", DocumentFields.USER_ID),
            sparse("conversations", "last_sender", DocumentFields.LAST + "." + DocumentFields.SENDER_ID),
            sparse("conversations", "purge", DocumentFields.PURGE_AT),
            sparse("conversations", "founder", DocumentFields.INITIAL_MEMBERS + "." + DocumentFields.USER_ID),
            unique("members", "user_conv", DocumentFields.USER_ID, DocumentFields.CONVERSATION_ID),
            plain("members", "conv_user", DocumentFields.CONVERSATION_ID, DocumentFields.USER_ID),
            unique("receipts", "conv_user", DocumentFields.CONVERSATION_ID, DocumentFields.USER_ID),
            plain("receipts", "user", DocumentFields.USER_ID),
            unique("preferences", "user_conv", DocumentFields.USER_ID, DocumentFields.CONVERSATION_ID),
            plain("preferences", "conv", DocumentFields.CONVERSATION_ID),
            unique("followers", "conv_follower", DocumentFields.CONVERSATION_ID, DocumentFields.FOLLOWER),
            plain("followers", "follower_due", DocumentFields.FOLLOWER, DocumentFields.DUE_AT),
            plain("devices", "user", DocumentFields.USER_ID),
            expiring("devices"),
            plain("pushes", "due", DocumentFields.DUE_AT),
            plain("pushes", "user", DocumentFields.USER_ID),
            plain("pushes", "conv", DocumentFields.CONVERSATION_ID),
            expiring("pushes"),
            plain("calls", "call", CallDocuments.CALL_ID),
            plain("calls", "user", CallDocuments.USER_IDS),
            plain("calls", "due", DocumentFields.DUE_AT));

    static final List<RequiredIndex> ALL = Stream.concat(
                    FIXED.stream(),
                    MessageField.withTraces().map(Indexes::ofTrace).filter(Indexes::isAlone))
            .toList();

    private Indexes() {}

    private static RequiredIndex unique(String collection, String name, String... fields) {
        return new RequiredIndex(collection, name, Kind.UNIQUE, List.of(fields));
    }

    private static RequiredIndex plain(String collection, String name, String... fields) {
        return new RequiredIndex(collection, name, Kind.PLAIN, List.of(fields));
    }

    private static RequiredIndex sparse(String collection, String name, String field) {
        return new RequiredIndex(collection, name, Kind.SPARSE, List.of(field));
    }

    private static RequiredIndex partial(String collection, String name, String... fields) {
        return new RequiredIndex(collection, name, Kind.PARTIAL, List.of(fields));
    }

    /** Returns whether no other index begins with the field of this one. */
    private static boolean isAlone(RequiredIndex trace) {
        return FIXED.stream()
                .noneMatch(index -> index.collection().equals(trace.collection())
                        && index.fields().get(0).equals(trace.fields().get(0)));
    }

    /** Returns the index by which an erasure finds the messages that name a user in the field. */
    private static RequiredIndex ofTrace(MessageField field) {
        UserTrace trace = requireNonNull(field.trace());
        return sparse("messages", trace.index(), trace.path());
    }

    private static RequiredIndex expiring(String collection) {
        return new RequiredIndex(collection, "expiry", Kind.EXPIRING, List.of(DocumentFields.EXPIRES_AT));
    }

    /**
     * Returns the indexes that do not exist under any name.
     *
     * @throws IllegalStateException if an index exists that keeps the server from creating one of them
     */
    static List<RequiredIndex> missing(ChatDatabase database) {
        return ALL.stream()
                .map(RequiredIndex::collection)
                .distinct()
                .flatMap(collection -> missing(database, collection).stream())
                .toList();
    }

    private static List<RequiredIndex> missing(ChatDatabase database, String collection) {
        List<Document> existing =
                database.handle().getCollection(collection).listIndexes().into(new ArrayList<>());
        List<RequiredIndex> missing = ALL.stream()
                .filter(index -> index.collection().equals(collection))
                .filter(index -> existing.stream().noneMatch(index::isServedBy))
                .toList();
        missing.forEach(index -> check(database, index, existing));
        return missing;
    }

    private static void check(ChatDatabase database, RequiredIndex index, List<Document> existing) {
        existing.stream().filter(index::isPreventedBy).findFirst().ifPresent(other -> {
            throw new IllegalStateException("collection %s.%s has the index %s (expected: %s); drop it or rename it"
                    .formatted(database.name(), index.collection(), RequiredIndex.described(other), index.described()));
        });
    }
}

package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.Position;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Stores up to which position followers have handled conversations, one document for each follower and conversation. Safe
 * for use by several threads; every method blocks.
 */
final class FollowerDocuments {
    private static final Document EARLIEST_FIRST = new Document(DocumentFields.DUE_AT, 1);

    private final DocumentReader<Document> reader = new DocumentReader<>("followers");
    private final MongoCollection<Document> documents;

    FollowerDocuments(MongoCollection<Document> documents) {
        this.documents = documents;
    }

    /** Returns a follower's states in the given conversations. */
    List<FollowerState> of(String follower, Collection<String> conversationIds) {
        Object wantedIds = conversationIds.size() == 1
                ? conversationIds.iterator().next()
                : new Document("$in", List.copyOf(conversationIds));
        Document wanted =
                new Document(DocumentFields.CONVERSATION_ID, wantedIds).append(DocumentFields.FOLLOWER, follower);
        return reader.all(Reads.find(documents, wanted), FollowerDocuments::read);
    }

    /** Stores a state if the stored one is as expected. Returns false otherwise. */
    boolean save(@Nullable FollowerState before, FollowerState after) {
        return before == null ? insert(after) : replace(before, after);
    }

    private boolean insert(FollowerState after) {
        try {
            return documents
                            .updateOne(
                                    key(after),
                                    new Document("$setOnInsert", values(after)),
                                    new UpdateOptions().upsert(true))
                            .getUpsertedId()
                    != null;
        } catch (MongoException failure) {
            if (!Failures.isDuplicateKey(failure)) {
                throw failure;
            }
            return false;
        }
    }

    private boolean replace(FollowerState before, FollowerState after) {
        Document expected = key(before)
                .append(DocumentFields.SEQ, before.position().seq())
                .append(DocumentFields.VERSION, before.position().version())
                .append(DocumentFields.ATTEMPTS, before.attempts())
                .append(DocumentFields.OWNER, before.owner())
                .append(DocumentFields.DUE_AT, date(before.dueAt()));
        Document change = new Document("$set", values(after));
        Documents.append(change, "$unset", absent(after));
        return documents.updateOne(expected, change).getMatchedCount() == 1;
    }

    private static Document key(FollowerState state) {
        return new Document(DocumentFields.CONVERSATION_ID, state.conversationId())
                .append(DocumentFields.FOLLOWER, state.follower());
    }

    private static Document values(FollowerState state) {
        Document values = new Document(DocumentFields.SEQ, state.position().seq())
                .append(DocumentFields.VERSION, state.position().version())
                .append(DocumentFields.ATTEMPTS, state.attempts());
        Documents.append(values, DocumentFields.OWNER, state.owner());
        Documents.append(values, DocumentFields.DUE_AT, date(state.dueAt()));
        return values;
    }

    private static @Nullable Document absent(FollowerState state) {
        Document absent = new Document();
        Documents.append(absent, DocumentFields.OWNER, state.owner() == null ? "" : null);
        Documents.append(absent, DocumentFields.DUE_AT, state.dueAt() == null ? "" : null);
        return absent.isEmpty() ? null : absent;
    }

    private static @Nullable Date date(@Nullable Instant time) {
        return time == null ? null : Date.from(time);
    }

    /** Returns the first of a follower's states that are due. */
    List<FollowerState> due(String follower, Instant now, int limit) {
        Document wanted = new Document(DocumentFields.FOLLOWER, follower)
                .append(
                        DocumentFields.DUE_AT,
                        new Document("$lte", Date.from(now)).append("$gt", Date.from(Instant.EPOCH)));
        return reader.page(
                limit, asked -> Reads.page(documents, wanted, asked).sort(EARLIEST_FIRST), FollowerDocuments::read);
    }

    /** Returns the state that a document holds. */
    static FollowerState read(Document stored) {
        Date dueAt = stored.getDate(DocumentFields.DUE_AT);
        return new FollowerState(
                DocumentReader.text(stored, DocumentFields.FOLLOWER),
                DocumentReader.text(stored, DocumentFields.CONVERSATION_ID),
                new Position(
                        Documents.whole(stored, DocumentFields.SEQ), Documents.whole(stored, DocumentFields.VERSION)),
                Math.toIntExact(Documents.whole(stored, DocumentFields.ATTEMPTS)),
                stored.getString(DocumentFields.OWNER),
                dueAt == null ? null : dueAt.toInstant());
    }
}

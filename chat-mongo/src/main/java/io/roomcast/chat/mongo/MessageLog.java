package io.roomcast.chat.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The messages in their order. Safe for use by several threads; every method blocks.
 *
 * <p>Filters are flat documents of plain values, which every MongoDB-compatible server can serve from an index.
 */
final class MessageLog {
    private static final Bson OLDEST_FIRST = new Document(Fields.SEQ, 1);
    private static final Bson NEWEST_FIRST = new Document(Fields.SEQ, -1);
    private static final Bson SEQ_ONLY = new Document(Fields.SEQ, 1).append(Fields.ID, 0);
    // Unordered, a refused message would leave a hole below the next one of its conversation.
    private static final InsertManyOptions IN_ORDER = new InsertManyOptions().ordered(true);

    private final MongoCollection<Message> messages;
    private final MongoCollection<Document> documents;

    MessageLog(MongoCollection<Message> messages) {
        this.messages = messages;
        this.documents = messages.withDocumentClass(Document.class);
    }

    /**
     * Inserts messages in one command, in order, up to the first that is refused.
     *
     * @return the refusal, or empty if all are stored
     * @throws com.mongodb.MongoException if it is not known which of them are stored
     */
    Optional<BulkWriteError> insert(List<Message> placed) {
        try {
            messages.insertMany(placed, IN_ORDER);
            return Optional.empty();
        } catch (MongoBulkWriteException failure) {
            // Without the write concern nothing is settled, not even what comes before a refusal.
            if (failure.getWriteConcernError() != null
                    || failure.getWriteErrors().isEmpty()) {
                throw failure;
            }
            return Optional.of(failure.getWriteErrors().get(0));
        }
    }

    /**
     * The place of the conversation's newest message, 0 if it has none.
     *
     * <p>A writer may build on the answer: what a majority holds is never rolled back, so the place after it cannot
     * come to stand above a hole.
     */
    long newestSeq(String conversationId) {
        Document newest = documents
                .find(inConversation(conversationId))
                .sort(NEWEST_FIRST)
                .projection(SEQ_ONLY)
                .first();
        return newest == null ? 0 : newest.get(Fields.SEQ, (Number) 0L).longValue();
    }

    Position position(String conversationId) {
        return new Position(newestSeq(conversationId), 0);
    }

    /** The messages that are stored under keys of the drafts. */
    List<Message> underKeysOf(List<MessageDraft> drafts) {
        List<Document> keys = drafts.stream().map(MessageLog::keyOf).toList();
        Document anyKey = keys.size() == 1 ? keys.get(0) : new Document("$or", keys);
        return messages.find(anyKey).into(new ArrayList<>());
    }

    private static Document keyOf(MessageDraft draft) {
        return inConversation(draft.conversationId())
                .append(Fields.SENDER_ID, draft.senderId())
                .append(Fields.CLIENT_MESSAGE_ID, draft.clientMessageId());
    }

    /** Those of the drafts that are stored. */
    List<Message> stored(List<MessageDraft> drafts) {
        List<String> ids = drafts.stream().map(MessageDraft::id).toList();
        List<String> conversationIds =
                drafts.stream().map(MessageDraft::conversationId).distinct().toList();
        return messages.find(new Document(Fields.ID, new Document("$in", ids))
                        .append(Fields.CONVERSATION_ID, new Document("$in", conversationIds)))
                .into(new ArrayList<>());
    }

    List<Message> history(HistoryQuery query) {
        String conversationId = query.conversationId();
        return switch (query.anchor()) {
            case LATEST -> backwards(inConversation(conversationId), query);
            case BEFORE -> backwards(inConversation(conversationId, new Document("$lt", query.seq())), query);
            case AFTER -> forwards(inConversation(conversationId, new Document("$gt", query.seq())), query);
            case AROUND -> forwards(inConversation(conversationId, around(query)), query);
        };
    }

    private static Document around(HistoryQuery query) {
        return new Document("$gte", query.aroundFrom()).append("$lt", query.aroundFrom() + query.limit());
    }

    private List<Message> forwards(Bson filter, HistoryQuery query) {
        return page(messages.find(filter).sort(OLDEST_FIRST), query);
    }

    private List<Message> backwards(Bson filter, HistoryQuery query) {
        List<Message> page = page(messages.find(filter).sort(NEWEST_FIRST), query);
        Collections.reverse(page);
        return page;
    }

    private static List<Message> page(FindIterable<Message> found, HistoryQuery query) {
        return found.limit(query.limit()).into(new ArrayList<>());
    }

    private static Document inConversation(String conversationId) {
        return new Document(Fields.CONVERSATION_ID, conversationId);
    }

    private static Document inConversation(String conversationId, Document seqs) {
        return inConversation(conversationId).append(Fields.SEQ, seqs);
    }
}

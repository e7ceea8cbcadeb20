package io.roomcast.chat.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.mongo.Heads.Head;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Stores messages, one document each, with dense sequence numbers in each conversation. Safe for use by several threads;
 * every method blocks.
 *
 * <p>Filters are flat documents of plain values, which every MongoDB-compatible server can serve from an index.
 */
final class MessageLog {
    private static final Document OLDEST_FIRST = new Document(DocumentFields.SEQ, 1);
    private static final Document NEWEST_FIRST = new Document(DocumentFields.SEQ, -1);

    private static final Document SEQ_ONLY = new Document(DocumentFields.SEQ, 1).append(DocumentFields.ID, 0);

    private static final Document CONVERSATION_AND_SEQ = new Document(DocumentFields.CONVERSATION_ID, 1)
            .append(DocumentFields.SEQ, 1)
            .append(DocumentFields.ID, 0);

    private static final Document NO_VERSION = new Document("$in", Arrays.asList(null, 0L));

    /**
     * The time for which a document is kept after its message expired or was trimmed. Much longer than a cached head is
     * used.
     */
    static final Duration KEPT = Duration.ofHours(1);

    /**
     * The tolerated difference between the nodes' clocks. Up to it, no node shows a message that another node has
     * trimmed.
     */
    private static final Duration MAX_CLOCK_DIFFERENCE = Heads.TRUSTED;

    private static final int MAX_REMOVED_PER_COMMAND = 1_000;

    private final MongoCollection<StoredMessage> messages;
    private final MongoCollection<Document> documents;
    private final StoredMessages reading;
    private final HistoryPages pages;
    private final Clock clock;

    MessageLog(MongoCollection<StoredMessage> messages, Clock clock) {
        this.messages = messages;
        this.documents = messages.withDocumentClass(Document.class);
        this.reading = new StoredMessages(messages, clock);
        this.pages = new HistoryPages(reading, clock);
        this.clock = clock;
    }

    /**
     * Inserts messages with one command.
     *
     * @param ordered whether the server stops at the first message that it rejects
     * @throws com.mongodb.MongoException if it is unknown which messages are stored
     */
    InsertResult insert(List<StoredMessage> inserted, boolean ordered) {
        try {
            messages.insertMany(inserted, new InsertManyOptions().ordered(ordered));
            return InsertResult.of(inserted, List.of(), ordered);
        } catch (MongoBulkWriteException failure) {
            // Without the write concern, messages before the first rejection may be rolled back too.
            if (failure.getWriteConcernError() != null
                    || failure.getWriteErrors().isEmpty()) {
                throw failure;
            }
            return InsertResult.of(inserted, failure.getWriteErrors(), ordered);
        }
    }

    /**
     * Returns the sequence number of the conversation's newest message; 0 if it has none.
     *
     * <p>A writer may use the next number: a message that a majority holds is never rolled back, so no gap can appear
     * below it.
     */
    long newestSeq(String conversationId) {
        return firstSeq(conversationId, NEWEST_FIRST);
    }

    private long firstSeq(String conversationId, Document order) {
        @Nullable
        Document first = Reads.find(documents, numbered(conversationId))
                .sort(order)
                .projection(SEQ_ONLY)
                .first();
        return first == null ? 0 : Documents.whole(first, DocumentFields.SEQ);
    }

    /**
     * Returns a filter for messages with a number, so that another program's document is never the newest or oldest.
     */
    private static Document numbered(String conversationId) {
        return inConversation(conversationId).append(DocumentFields.SEQ, new Document("$gt", 0L));
    }

    /** Returns, with one command, the heads of those conversations that have messages above the given numbers. */
    Map<String, Long> newestAbove(Map<String, Long> seqs) {
        Map<String, Long> newest = new HashMap<>();
        if (seqs.size() == 1) {
            seqs.keySet().forEach(conversationId -> newest.put(conversationId, newestSeq(conversationId)));
        } else if (!seqs.isEmpty()) {
            List<SeqRange> above = seqs.entrySet().stream()
                    .map(entry -> SeqRange.above(entry.getKey(), entry.getValue()))
                    .toList();
            Document group = new Document(DocumentFields.ID, "$" + DocumentFields.CONVERSATION_ID)
                    .append(DocumentFields.SEQ, new Document("$max", "$" + DocumentFields.SEQ));
            documents
                    .aggregate(List.of(
                            new Document("$match", SeqRange.anyOf(above, DocumentFields.SEQ)),
                            new Document("$group", group)))
                    .maxTime(Reads.LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach(found ->
                            newest.put(found.getString(DocumentFields.ID), Documents.whole(found, DocumentFields.SEQ)));
        }
        return newest;
    }

    /** Returns the newest sequence numbers of the conversations that have messages above the given heads. */
    Map<String, Long> newestAboveHeads(Map<String, Head> heads) {
        Map<String, Long> newest = new HashMap<>();
        if (!heads.isEmpty()) {
            Reads.find(documents, SeqRange.anyOf(above(heads), DocumentFields.SEQ))
                    .projection(CONVERSATION_AND_SEQ)
                    .forEach(found -> newest.merge(
                            found.getString(DocumentFields.CONVERSATION_ID),
                            Documents.whole(found, DocumentFields.SEQ),
                            Math::max));
        }
        return newest;
    }

    private static List<SeqRange> above(Map<String, Head> heads) {
        return heads.entrySet().stream()
                .map(entry -> SeqRange.above(entry.getKey(), entry.getValue().seq()))
                .toList();
    }

    /** Returns the newest message, expired or not. */
    Optional<StoredMessage> newest(String conversationId) {
        return reading.first(numbered(conversationId), NEWEST_FIRST);
    }

    /** Returns the messages that are stored under the idempotency keys of the drafts. */
    List<StoredMessage> findByKeys(List<MessageDraft> drafts) {
        List<Document> keys = drafts.stream().map(MessageLog::keyOf).toList();
        return reading.all(Documents.anyOf(keys));
    }

    private static Document keyOf(MessageDraft draft) {
        return inConversation(draft.conversationId())
                .append(DocumentFields.SENDER_ID, draft.senderId())
                .append(DocumentFields.CLIENT_MESSAGE_ID, draft.clientMessageId());
    }

    /** Returns the messages that the drafts became, by the drafts' ids. */
    List<StoredMessage> stored(List<MessageDraft> drafts) {
        List<String> ids = drafts.stream().map(MessageDraft::id).toList();
        List<String> conversationIds =
                drafts.stream().map(MessageDraft::conversationId).distinct().toList();
        return reading.all(
                Documents.byIds(ids).append(DocumentFields.CONVERSATION_ID, new Document("$in", conversationIds)));
    }

    /** Returns the message unless it has expired. */
    Optional<StoredMessage> find(String conversationId, String messageId) {
        Document wanted =
                new Document(DocumentFields.ID, messageId).append(DocumentFields.CONVERSATION_ID, conversationId);
        return reading.all(wanted).stream()
                .filter(message -> !isExpired(message))
                .findFirst();
    }

    /** Returns those of the messages that are pinned and have not expired. */
    List<Message> pinned(String conversationId, List<String> messageIds) {
        if (messageIds.isEmpty()) {
            return List.of();
        }
        Document wanted = Documents.byIds(messageIds).append(DocumentFields.CONVERSATION_ID, conversationId);
        return reading.unexpired(reading.all(wanted)).stream()
                .filter(message -> message.pin() != null)
                .toList();
    }

    /**
     * Replaces a message.
     *
     * @return false if the stored message differs from {@code before} by now
     */
    boolean replace(Message before, StoredMessage after) {
        return messages.replaceOne(unchanged(before), after).getMatchedCount() > 0;
    }

    /** Returns a filter by all fields that a change or the erasure of a user alters. */
    private static Document unchanged(Message message) {
        Document wanted = inConversation(message.conversationId())
                .append(DocumentFields.SEQ, message.seq())
                .append(DocumentFields.SENDER_ID, message.senderId());
        wanted.append(DocumentFields.VERSION, message.version() == 0 ? NO_VERSION : message.version());
        BsonDocument stored = MessageCodec.document(new StoredMessage(message));
        MessageField.withTraces()
                .map(MessageField::field)
                .filter(stored::containsKey)
                .forEach(field -> wanted.append(field, stored.get(field)));
        return wanted;
    }

    /** Returns a page of messages, the oldest first. */
    List<Message> history(HistoryQuery query) {
        return pages.page(query);
    }

    /** Returns the messages within any of the ranges, in no particular order. */
    List<Message> within(List<SeqRange> ranges) {
        return ranges.isEmpty()
                ? List.of()
                : reading.unexpired(reading.all(SeqRange.anyOf(ranges, DocumentFields.SEQ)));
    }

    /**
     * Removes the content of all messages up to and including a sequence number, and hides the messages.
     *
     * <p>Each document is kept for {@link #KEPT}, so that the index still rejects its number from a node with a stale
     * head. The database then removes it; if the database does not expire documents, a later call does.
     */
    void removeUpTo(String conversationId, long seq) {
        Instant now = clock.instant();
        Document hiding = new Document("$set", new Document(DocumentFields.CONTENT, ""))
                .append("$unset", Erasure.CONTENT)
                .append("$min", new Document(DocumentFields.EXPIRES_AT, Date.from(now.minus(MAX_CLOCK_DIFFERENCE))));
        Document gone = new Document("$lte", Date.from(now.minus(KEPT)));
        for (long from = before(oldestSeq(conversationId)); from < seq; from += MAX_REMOVED_PER_COMMAND) {
            SeqRange step = SeqRange.range(conversationId, from, Math.min(seq, from + MAX_REMOVED_PER_COMMAND));
            messages.deleteMany(step.filter(DocumentFields.SEQ).append(DocumentFields.EXPIRES_AT, gone));
            messages.updateMany(step.filter(DocumentFields.SEQ), hiding);
        }
    }

    private static long before(long oldest) {
        return oldest == 0 ? Long.MAX_VALUE : oldest - 1;
    }

    private long oldestSeq(String conversationId) {
        return firstSeq(conversationId, OLDEST_FIRST);
    }

    /** Frees the idempotency key of an expired message, so that its sender can use it again. */
    void freeKey(Message hidden) {
        messages.updateOne(
                new Document(DocumentFields.ID, hidden.id())
                        .append(DocumentFields.CONVERSATION_ID, hidden.conversationId()),
                new Document(
                        "$set",
                        new Document(DocumentFields.SENDER_ID, "")
                                .append(DocumentFields.CLIENT_MESSAGE_ID, hidden.id())));
    }

    /** Returns whether the message has expired by now. */
    boolean isExpired(StoredMessage message) {
        return message.isExpired(clock.instant());
    }

    private static Document inConversation(String conversationId) {
        return new Document(DocumentFields.CONVERSATION_ID, conversationId);
    }
}

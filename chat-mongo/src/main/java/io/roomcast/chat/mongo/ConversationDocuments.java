package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.mongo.Heads.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/** The conversations' own documents. Safe for use by several threads; every method blocks. */
final class ConversationDocuments {
    private static final BulkWriteOptions EACH_FOR_ITSELF = new BulkWriteOptions().ordered(false);
    private static final String LAST_CREATED_AT = DocumentFields.LAST + "." + DocumentFields.CREATED_AT;
    private static final Document MOST_LIVELY_FIRST = new Document(LAST_CREATED_AT, -1).append(DocumentFields.ID, 1);
    private static final Document HEAD_ONLY = new Document(DocumentFields.VERSION, 1)
            .append(DocumentFields.LAST + "." + DocumentFields.SEQ, 1)
            .append(DocumentFields.RETENTION_SECONDS, 1);

    private static final Document KIND_ONLY = new Document(DocumentFields.KIND, 1);

    private static final Document BEGINNING_ONLY =
            new Document(DocumentFields.FOUNDERS, 1).append(DocumentFields.CREATED_AT, 1);

    private final DocumentReader<Document> reader = new DocumentReader<>("conversations");
    private final MongoCollection<Document> conversations;

    ConversationDocuments(MongoCollection<Document> conversations) {
        this.conversations = conversations;
    }

    /**
     * Makes those of the conversations that are not there, without members, as of the given times.
     *
     * @return false if somebody else may have made one of them meanwhile
     */
    boolean open(Map<String, Instant> since) {
        List<UpdateOneModel<Document>> upserts = new ArrayList<>();
        since.forEach((conversationId, time) -> upserts.add(opening(conversationId, Date.from(time))));
        try {
            return upserts.isEmpty() || upsert(upserts) == upserts.size();
        } catch (MongoBulkWriteException failure) {
            if (!Failures.areDuplicateKeysOnly(failure)) {
                throw failure;
            }
            return false;
        }
    }

    /** How many were not there. */
    private int upsert(List<UpdateOneModel<Document>> upserts) {
        return conversations.bulkWrite(upserts, EACH_FOR_ITSELF).getUpserts().size();
    }

    private static UpdateOneModel<Document> opening(String conversationId, Date since) {
        Document made = new Document(DocumentFields.KIND, ConversationKind.OPEN.wireName())
                .append(DocumentFields.CREATED_AT, since)
                .append(DocumentFields.LAST, PreviewFields.none(since));
        return new UpdateOneModel<>(
                Documents.byId(conversationId), new Document("$setOnInsert", made), new UpdateOptions().upsert(true));
    }

    /** Makes the conversation if it is not there; its first members are noted in it, to be admitted. */
    Document create(NewConversation wanted, Instant now) {
        try {
            return findOrInsert(wanted, now);
        } catch (MongoException failure) {
            if (!Failures.isDuplicateKey(failure)) {
                throw failure;
            }
            // Two first calls met; the other one's document is there now.
            return findOrInsert(wanted, now);
        }
    }

    private Document findOrInsert(NewConversation wanted, Instant now) {
        return requireNonNull(conversations.findOneAndUpdate(
                Documents.byId(wanted.conversationId()),
                new Document("$setOnInsert", creation(wanted, now)),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)));
    }

    private static Document creation(NewConversation wanted, Instant now) {
        Document made = new Document(DocumentFields.KIND, wanted.kind().wireName());
        Documents.append(made, DocumentFields.TITLE, wanted.title());
        Documents.append(made, DocumentFields.METADATA, wanted.metadata());
        if (wanted.retention() != null) {
            made.append(DocumentFields.RETENTION_SECONDS, wanted.retention().toSeconds());
        }
        List<Document> founders =
                Members.founding(wanted, now).stream().map(Members::write).toList();
        if (!founders.isEmpty()) {
            made.append(DocumentFields.FOUNDERS, founders);
        }
        return made.append(DocumentFields.CREATED_AT, Date.from(now))
                .append(DocumentFields.LAST, PreviewFields.none(Date.from(now)));
    }

    /** Notes that the first members are stored. */
    void admitted(String conversationId) {
        conversations.updateOne(
                Documents.byId(conversationId), new Document("$unset", new Document(DocumentFields.FOUNDERS, "")));
    }

    Optional<Document> find(String conversationId) {
        return Optional.ofNullable(
                Reads.find(conversations, Documents.byId(conversationId)).first());
    }

    Optional<Document> update(ConversationUpdate update) {
        Document changes = new Document(DocumentFields.UPDATED_AT, Date.from(update.at()));
        Documents.append(changes, DocumentFields.TITLE, update.title());
        Documents.append(changes, DocumentFields.METADATA, update.metadata());
        return Optional.ofNullable(conversations.findOneAndUpdate(
                Documents.byId(update.conversationId()),
                new Document("$set", changes),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)));
    }

    /** Returns the first of the conversations after the query's cursor, ordered by newest message first. */
    Iterable<Document> page(Collection<String> conversationIds, ConversationQuery query, int limit) {
        Document wanted = Documents.byIds(conversationIds);
        if (query.after() != null) {
            wanted.append("$or", after(query.after()));
        }
        return Reads.page(conversations, wanted, limit).sort(MOST_LIVELY_FIRST);
    }

    private static List<Document> after(ConversationQuery.Cursor cursor) {
        Date activeAt = Date.from(cursor.activeAt());
        return List.of(
                new Document(LAST_CREATED_AT, new Document("$lt", activeAt)),
                new Document(LAST_CREATED_AT, activeAt)
                        .append(DocumentFields.ID, new Document("$gt", cursor.conversationId())));
    }

    /** The heads of those of the conversations that are there; their places may lag behind the messages. */
    Map<String, Head> heads(Collection<String> conversationIds) {
        Map<String, Head> heads = new HashMap<>();
        reader.all(
                        Reads.find(conversations, Documents.byIds(conversationIds))
                                .projection(HEAD_ONLY),
                        stored -> Map.entry(stored.getString(DocumentFields.ID), ConversationFields.head(stored)))
                .forEach(entry -> heads.put(entry.getKey(), entry.getValue()));
        return heads;
    }

    /** Returns the kinds of the conversations that exist. */
    Map<String, ConversationKind> kinds(Collection<String> conversationIds) {
        Map<String, ConversationKind> kinds = new HashMap<>();
        reader.all(
                        Reads.find(conversations, Documents.byIds(conversationIds))
                                .projection(KIND_ONLY),
                        stored -> Map.entry(stored.getString(DocumentFields.ID), ConversationFields.kind(stored)))
                .forEach(entry -> kinds.put(entry.getKey(), entry.getValue()));
        return kinds;
    }

    /**
     * Returns, for each conversation that exists, its creation time and the initial members that may not be stored yet.
     */
    Map<String, Document> beginnings(Collection<String> conversationIds) {
        Map<String, Document> beginnings = new HashMap<>();
        Reads.find(conversations, Documents.byIds(conversationIds))
                .projection(BEGINNING_ONLY)
                .forEach(stored -> beginnings.put(stored.getString(DocumentFields.ID), stored));
        return beginnings;
    }

    /** As {@link #heads}, of one conversation. */
    Optional<Head> head(String conversationId) {
        return reader.read(
                Reads.find(conversations, Documents.byId(conversationId))
                        .projection(HEAD_ONLY)
                        .first(),
                ConversationFields::head);
    }

    /** Notes that the changes up to a version are done, and the message that the last of them touched. */
    void raise(String conversationId, long version, Optional<Message> touched) {
        Document reached = new Document(DocumentFields.VERSION, version);
        touched.map(MessagePreview::of)
                .map(PreviewFields::write)
                .ifPresent(last -> reached.append(DocumentFields.LAST, last));
        conversations.updateOne(Documents.byId(conversationId), new Document("$max", reached));
    }

    /** Notes newer messages, in one command; what is not newer than what is there changes nothing. */
    void raise(Map<String, MessagePreview> newest) {
        if (newest.isEmpty()) {
            return;
        }
        conversations.bulkWrite(
                newest.entrySet().stream()
                        .map(entry -> raising(entry.getKey(), entry.getValue()))
                        .toList(),
                EACH_FOR_ITSELF);
    }

    private static UpdateOneModel<Document> raising(String conversationId, MessagePreview newest) {
        return new UpdateOneModel<>(
                Documents.byId(conversationId),
                new Document("$max", new Document(DocumentFields.LAST, PreviewFields.write(newest))));
    }
}

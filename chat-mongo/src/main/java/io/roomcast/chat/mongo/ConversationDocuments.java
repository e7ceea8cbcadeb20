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
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationKinds;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.mongo.Heads.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Stores one document for each conversation. Safe for use by several threads; every method blocks. */
final class ConversationDocuments {
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
    private static final String LAST_CREATED_AT = DocumentFields.LAST + "." + DocumentFields.CREATED_AT;
    private static final Document MOST_RECENT_FIRST = new Document(LAST_CREATED_AT, -1).append(DocumentFields.ID, 1);
    private static final Document HEAD_ONLY = new Document(DocumentFields.VERSION, 1)
            .append(DocumentFields.LAST + "." + DocumentFields.SEQ, 1)
            .append(DocumentFields.RETENTION_SECONDS, 1);

    private static final Document PINS_ONLY = new Document(DocumentFields.PINS, 1);

    private static final Document KIND_ONLY = new Document(DocumentFields.KIND, 1).append(DocumentFields.DELETED_AT, 1);

    private static final Document CREATION_ONLY =
            new Document(DocumentFields.INITIAL_MEMBERS, 1).append(DocumentFields.CREATED_AT, 1);

    private final DocumentReader<Document> reader = new DocumentReader<>("conversations");
    private final MongoCollection<Document> conversations;

    ConversationDocuments(MongoCollection<Document> conversations) {
        this.conversations = conversations;
    }

    /**
     * Creates the given conversations as open ones without members, unless they exist.
     *
     * @param createdAt the creation time of each conversation
     * @return false if another node may have created one of them meanwhile
     */
    boolean createOpen(Map<String, Instant> createdAt) {
        List<UpdateOneModel<Document>> upserts = new ArrayList<>();
        createdAt.forEach((conversationId, time) -> upserts.add(creation(conversationId, Date.from(time))));
        try {
            return upserts.isEmpty() || upsert(upserts) == upserts.size();
        } catch (MongoBulkWriteException failure) {
            if (!Failures.areDuplicateKeysOnly(failure)) {
                throw failure;
            }
            return false;
        }
    }

    /** Returns the number of created documents. */
    private int upsert(List<UpdateOneModel<Document>> upserts) {
        return conversations.bulkWrite(upserts, UNORDERED).getUpserts().size();
    }

    private static UpdateOneModel<Document> creation(String conversationId, Date createdAt) {
        Document created = new Document(DocumentFields.KIND, ConversationKind.OPEN.wireName())
                .append(DocumentFields.CREATED_AT, createdAt)
                .append(DocumentFields.LAST, PreviewFields.empty(createdAt));
        return new UpdateOneModel<>(
                Documents.byId(conversationId),
                new Document("$setOnInsert", created),
                new UpdateOptions().upsert(true));
    }

    /**
     * Creates the conversation unless it exists. The new document lists the initial members until {@link
     * #removeInitialMembers}.
     *
     * @return the new or the existing document
     */
    Document create(NewConversation wanted, Instant now) {
        try {
            return findOrInsert(wanted, now);
        } catch (MongoException failure) {
            if (!Failures.isDuplicateKey(failure)) {
                throw failure;
            }
            // Two nodes created the conversation at the same time; the other node's document exists now.
            return findOrInsert(wanted, now);
        }
    }

    private Document findOrInsert(NewConversation wanted, Instant now) {
        Document found = requireNonNull(conversations.findOneAndUpdate(
                Documents.byId(wanted.conversationId()),
                new Document("$setOnInsert", creation(wanted, now)),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)));
        if (isDeleted(found)) {
            throw ChatException.of(ErrorCode.CONFLICT);
        }
        return found;
    }

    private static boolean isDeleted(Document stored) {
        return stored.containsKey(DocumentFields.DELETED_AT);
    }

    /** Returns a filter for a conversation that was not deleted. */
    private static Document existing(String conversationId) {
        return existing(Documents.byId(conversationId));
    }

    private static Document existing(Document wanted) {
        return wanted.append(DocumentFields.DELETED_AT, null);
    }

    /**
     * Replaces a conversation by a document that says that it was deleted, and when to remove its records. Returns false
     * if there is none.
     */
    boolean delete(String conversationId, Instant now) {
        Document deleted = Documents.byId(conversationId)
                .append(DocumentFields.DELETED_AT, Date.from(now))
                .append(DocumentFields.PURGE_AT, Date.from(now));
        return conversations.replaceOne(existing(conversationId), deleted).getMatchedCount() > 0;
    }

    /** Returns the deleted conversation whose records are to be removed next; empty if there is none. */
    Optional<Document> nextToPurge() {
        Document scheduled = new Document(DocumentFields.PURGE_AT, new Document("$gt", Date.from(Instant.EPOCH)));
        return Optional.ofNullable(Reads.page(conversations, scheduled, 1)
                .sort(new Document(DocumentFields.PURGE_AT, 1))
                .first());
    }

    /** Schedules the next removal of a deleted conversation's records; null for none. */
    void purgeAt(String conversationId, @Nullable Instant next) {
        Document change = next == null
                ? new Document("$unset", new Document(DocumentFields.PURGE_AT, ""))
                : new Document("$set", new Document(DocumentFields.PURGE_AT, Date.from(next)));
        conversations.updateOne(Documents.byId(conversationId), change);
    }

    /** Returns those of the conversations that were deleted. */
    Set<String> deleted(Collection<String> conversationIds) {
        Document wanted = Documents.byIds(conversationIds)
                .append(DocumentFields.DELETED_AT, new Document("$gt", Date.from(Instant.EPOCH)));
        return new HashSet<>(reader.all(
                Reads.find(conversations, wanted).projection(new Document(DocumentFields.ID, 1)),
                stored -> stored.getString(DocumentFields.ID)));
    }

    private static Document creation(NewConversation wanted, Instant now) {
        Document created = new Document(DocumentFields.KIND, wanted.kind().wireName());
        Documents.append(created, DocumentFields.TITLE, wanted.title());
        Documents.append(created, DocumentFields.METADATA, wanted.metadata());
        if (wanted.retention() != null) {
            created.append(DocumentFields.RETENTION_SECONDS, wanted.retention().toSeconds());
        }
        List<Document> initialMembers =
                Members.initialMembers(wanted, now).stream().map(Members::write).toList();
        if (!initialMembers.isEmpty()) {
            created.append(DocumentFields.INITIAL_MEMBERS, initialMembers);
        }
        return created.append(DocumentFields.CREATED_AT, Date.from(now))
                .append(DocumentFields.LAST, PreviewFields.empty(Date.from(now)));
    }

    /** Removes the list of initial members, once all of them are stored. */
    void removeInitialMembers(String conversationId) {
        conversations.updateOne(
                Documents.byId(conversationId),
                new Document("$unset", new Document(DocumentFields.INITIAL_MEMBERS, "")));
    }

    /** Returns the conversation's document. */
    Optional<Document> find(String conversationId) {
        return Optional.ofNullable(
                Reads.find(conversations, existing(conversationId)).first());
    }

    /** Updates the title and the metadata that are given. Returns the document after the update; empty if there is none. */
    Optional<Document> update(ConversationUpdate update) {
        Document changes = new Document(DocumentFields.UPDATED_AT, Date.from(update.at()));
        Documents.append(changes, DocumentFields.TITLE, update.title());
        Documents.append(changes, DocumentFields.METADATA, update.metadata());
        return Optional.ofNullable(conversations.findOneAndUpdate(
                existing(update.conversationId()),
                new Document("$set", changes),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)));
    }

    /** Returns the first of the conversations after the query's cursor, ordered by newest message first. */
    Iterable<Document> page(Collection<String> conversationIds, ConversationQuery query, int limit) {
        Document wanted = existing(Documents.byIds(conversationIds));
        if (query.after() != null) {
            wanted.append("$or", after(query.after()));
        }
        return Reads.page(conversations, wanted, limit).sort(MOST_RECENT_FIRST);
    }

    private static List<Document> after(ConversationQuery.Cursor cursor) {
        Date activeAt = Date.from(cursor.activeAt());
        return List.of(
                new Document(LAST_CREATED_AT, new Document("$lt", activeAt)),
                new Document(LAST_CREATED_AT, activeAt)
                        .append(DocumentFields.ID, new Document("$gt", cursor.conversationId())));
    }

    /** Returns the heads of the conversations that exist. Their sequence numbers may lag behind the messages. */
    Map<String, Head> heads(Collection<String> conversationIds) {
        Map<String, Head> heads = new HashMap<>();
        reader.all(
                        Reads.find(conversations, existing(Documents.byIds(conversationIds)))
                                .projection(HEAD_ONLY),
                        stored -> Map.entry(stored.getString(DocumentFields.ID), ConversationFields.head(stored)))
                .forEach(entry -> heads.put(entry.getKey(), entry.getValue()));
        return heads;
    }

    /** Returns which of the conversations exist, with their kinds, and which were deleted. */
    ConversationKinds kinds(Collection<String> conversationIds) {
        Map<String, ConversationKind> existing = new HashMap<>();
        Set<String> deleted = new HashSet<>();
        reader.all(
                        Reads.find(conversations, Documents.byIds(conversationIds))
                                .projection(KIND_ONLY),
                        stored -> Map.entry(
                                stored.getString(DocumentFields.ID),
                                isDeleted(stored) ? Optional.<ConversationKind>empty() : kind(stored)))
                .forEach(entry -> entry.getValue()
                        .ifPresentOrElse(
                                kind -> existing.put(entry.getKey(), kind), () -> deleted.add(entry.getKey())));
        return new ConversationKinds(existing, deleted);
    }

    private static Optional<ConversationKind> kind(Document stored) {
        return Optional.of(ConversationFields.kind(stored));
    }

    /**
     * Returns, for each conversation that exists, its creation time and the initial members that may not be stored yet.
     */
    Map<String, Document> creations(Collection<String> conversationIds) {
        Map<String, Document> creations = new HashMap<>();
        Reads.find(conversations, Documents.byIds(conversationIds))
                .projection(CREATION_ONLY)
                .forEach(stored -> creations.put(stored.getString(DocumentFields.ID), stored));
        return creations;
    }

    /** Does the same as {@link #heads} for one conversation. */
    Optional<Head> head(String conversationId) {
        return reader.read(
                Reads.find(conversations, existing(conversationId))
                        .projection(HEAD_ONLY)
                        .first(),
                ConversationFields::head);
    }

    /** Raises the version after a complete change, and updates the preview if it shows the changed message. */
    void raise(String conversationId, long version, Optional<Message> changed) {
        conversations.updateOne(existing(conversationId), raising(version, changed));
    }

    private static Document raising(long version, Optional<Message> changed) {
        Document raised = new Document(DocumentFields.VERSION, version);
        changed.map(MessagePreview::of)
                .map(PreviewFields::write)
                .ifPresent(last -> raised.append(DocumentFields.LAST, last));
        return new Document("$max", raised);
    }

    /**
     * Does the same, and lists the changed message as pinned if it is, or else removes it from the list. Has no effect if
     * the version was raised before, because a later change may have pinned or unpinned the message.
     */
    void raise(long version, Message changed) {
        Document below = existing(changed.conversationId())
                .append(DocumentFields.VERSION, new Document("$not", new Document("$gte", version)));
        String operator = changed.pin() == null ? "$pull" : "$addToSet";
        conversations.updateOne(
                below,
                raising(version, Optional.of(changed))
                        .append(operator, new Document(DocumentFields.PINS, changed.id())));
    }

    /** Returns the ids of the messages that are listed as pinned. Those that have gone since may be among them. */
    List<String> pins(String conversationId) {
        return reader.read(
                        Reads.find(conversations, Documents.byId(conversationId))
                                .projection(PINS_ONLY)
                                .first(),
                        stored -> stored.getList(DocumentFields.PINS, String.class, List.of()))
                .orElse(List.of());
    }

    /** Removes messages from the list of those that are pinned. */
    void removePins(String conversationId, List<String> messageIds) {
        conversations.updateOne(
                Documents.byId(conversationId),
                new Document("$pullAll", new Document(DocumentFields.PINS, messageIds)));
    }

    /** Replaces older previews by the given ones, in one command. */
    void raise(Map<String, MessagePreview> newest) {
        if (newest.isEmpty()) {
            return;
        }
        conversations.bulkWrite(
                newest.entrySet().stream()
                        .map(entry -> raising(entry.getKey(), entry.getValue()))
                        .toList(),
                UNORDERED);
    }

    private static UpdateOneModel<Document> raising(String conversationId, MessagePreview newest) {
        return new UpdateOneModel<>(
                existing(conversationId),
                new Document("$max", new Document(DocumentFields.LAST, PreviewFields.write(newest))));
    }
}

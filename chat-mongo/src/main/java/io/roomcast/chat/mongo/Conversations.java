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
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/** What is stored of conversations beside their messages. Safe for use by several threads; every method blocks. */
final class Conversations {
    private static final String FOUNDERS = "founders";

    private final MongoCollection<Document> conversations;
    private final Members members;
    private final MessageLog log;

    Conversations(MongoCollection<Document> conversations, Members members, MessageLog log) {
        this.conversations = conversations;
        this.members = members;
        this.log = log;
    }

    /** Makes those of the conversations that are not there, without members, as of the given times. */
    void open(Map<String, Instant> since) {
        if (since.isEmpty()) {
            return;
        }
        List<UpdateOneModel<Document>> upserts = since.entrySet().stream()
                .map(entry -> opening(entry.getKey(), entry.getValue()))
                .toList();
        try {
            conversations.bulkWrite(upserts, new BulkWriteOptions().ordered(false));
        } catch (MongoBulkWriteException failure) {
            if (!Failures.areDuplicateKeysOnly(failure)) {
                throw failure;
            }
        }
    }

    private static UpdateOneModel<Document> opening(String conversationId, Instant since) {
        Document made =
                new Document(Fields.KIND, ConversationKind.OPEN.wireName()).append(Fields.CREATED_AT, Date.from(since));
        return new UpdateOneModel<>(
                byId(conversationId), new Document("$setOnInsert", made), new UpdateOptions().upsert(true));
    }

    /**
     * Makes the conversation if it is not there.
     *
     * <p>Its first members are noted in its own document until they are stored, so that a repeated call completes what
     * a crash cut short.
     */
    Conversation create(NewConversation wanted, Instant now) {
        Document stored = upsert(wanted, now);
        List<Document> founders = stored.getList(FOUNDERS, Document.class, List.of());
        if (!founders.isEmpty()) {
            admit(wanted.conversationId(), founders);
        }
        return describe(stored);
    }

    private void admit(String conversationId, List<Document> founders) {
        members.add(conversationId, founders.stream().map(Members::read).toList());
        conversations.updateOne(byId(conversationId), new Document("$unset", new Document(FOUNDERS, "")));
    }

    private Document upsert(NewConversation wanted, Instant now) {
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
                byId(wanted.conversationId()),
                new Document("$setOnInsert", creation(wanted, now)),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)));
    }

    private static Document creation(NewConversation wanted, Instant now) {
        Document made = new Document(Fields.KIND, wanted.kind().wireName());
        if (wanted.title() != null) {
            made.append(Fields.TITLE, wanted.title());
        }
        List<Document> founders =
                Members.founding(wanted, now).stream().map(Members::write).toList();
        if (!founders.isEmpty()) {
            made.append(FOUNDERS, founders);
        }
        return made.append(Fields.CREATED_AT, Date.from(now));
    }

    /** Adds those who are not members yet; does nothing if there is no such conversation. */
    void addMembers(String conversationId, List<Member> joining) {
        if (exists(conversationId)) {
            members.add(conversationId, joining);
        }
    }

    private boolean exists(String conversationId) {
        return conversations
                        .find(byId(conversationId))
                        .projection(new Document(Fields.ID, 1))
                        .first()
                != null;
    }

    Optional<Conversation> find(String conversationId) {
        return Optional.ofNullable(conversations.find(byId(conversationId)).first())
                .map(this::describe);
    }

    private Conversation describe(Document stored) {
        String conversationId = stored.getString(Fields.ID);
        return new Conversation(
                conversationId,
                kind(stored),
                stored.getString(Fields.TITLE),
                members.of(conversationId),
                null,
                null,
                stored.getDate(Fields.CREATED_AT).toInstant(),
                stored.getDate(Fields.CREATED_AT).toInstant(),
                log.position(conversationId),
                null);
    }

    private static ConversationKind kind(Document stored) {
        return WireNames.constant(ConversationKind.values(), ConversationKind::wireName, stored.getString(Fields.KIND));
    }

    private static Document byId(String conversationId) {
        return new Document(Fields.ID, conversationId);
    }
}

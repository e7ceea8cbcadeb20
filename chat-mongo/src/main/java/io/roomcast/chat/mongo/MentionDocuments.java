package io.roomcast.chat.mongo;

import com.mongodb.client.MongoCollection;
import io.roomcast.chat.model.MentionCountQuery;
import io.roomcast.chat.model.MentionQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageBody;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages by the users that they mention. Safe for use by several threads; every method blocks.
 *
 * <p>Filters are alternatives of flat documents that begin with the mentions, so that their index serves them.
 */
final class MentionDocuments {
    private static final Document NEWEST_FIRST =
            new Document(DocumentFields.CREATED_AT, -1).append(DocumentFields.ID, -1);

    private static final Document COUNTED = new Document(DocumentFields.CONVERSATION_ID, 1)
            .append(DocumentFields.SEQ, 1)
            .append(DocumentFields.SENDER_ID, 1)
            .append(DocumentFields.MENTIONS, 1)
            .append(DocumentFields.EXPIRES_AT, 1);

    /** The maximum number of alternatives of one filter. */
    private static final int MAX_ALTERNATIVES = 100;

    private final DocumentReader<Document> reader = new DocumentReader<>("messages");
    private final MongoCollection<Document> documents;
    private final StoredMessages messages;
    private final Members members;
    private final Clock clock;

    MentionDocuments(MongoCollection<StoredMessage> messages, Members members, Clock clock) {
        this.documents = messages.withDocumentClass(Document.class);
        this.messages = new StoredMessages(messages, clock);
        this.members = members;
        this.clock = clock;
    }

    /** Returns a page of the messages that mention the user. Reads more if some have expired. */
    List<Message> page(MentionQuery query) {
        Document wanted = Documents.anyOf(alternatives(query));
        int asked = query.limit() + 1;
        while (true) {
            List<StoredMessage> page = messages.page(wanted, NEWEST_FIRST, asked);
            List<Message> found = messages.unexpired(page).stream()
                    .filter(message -> isAfter(query.after(), MentionQuery.Cursor.of(message)))
                    .limit(query.limit())
                    .toList();
            if (found.size() == query.limit() || page.size() < asked) {
                return found;
            }
            asked *= 2;
        }
    }

    /** Compares messages of the same time here, as an index on their ids would not find the mentions. */
    private static boolean isAfter(MentionQuery.@Nullable Cursor cursor, MentionQuery.Cursor found) {
        return cursor == null
                || found.createdAt().isBefore(cursor.createdAt())
                || (found.createdAt().equals(cursor.createdAt())
                        && found.messageId().compareTo(cursor.messageId()) < 0);
    }

    private List<Document> alternatives(MentionQuery query) {
        List<String> conversationIds = members.conversationsOf(query.userId());
        List<Document> mentions = new ArrayList<>();
        mentions.add(new Document(DocumentFields.MENTIONS, query.userId()));
        if (!conversationIds.isEmpty()) {
            mentions.add(new Document(DocumentFields.MENTIONS, MessageBody.MENTION_ALL)
                    .append(DocumentFields.CONVERSATION_ID, new Document("$in", conversationIds)));
        }
        for (Document one : mentions) {
            one.append(DocumentFields.SENDER_ID, new Document("$ne", query.userId()));
            if (query.after() != null) {
                Date createdAt = Date.from(query.after().createdAt());
                one.append(DocumentFields.CREATED_AT, new Document("$lte", createdAt));
            }
        }
        return mentions;
    }

    /** Counts mentions, with one query for each hundred conversations. */
    List<Long> count(List<MentionCountQuery> queries) {
        Map<String, List<Integer>> byConversation = new LinkedHashMap<>();
        for (int i = 0; i < queries.size(); i++) {
            byConversation
                    .computeIfAbsent(queries.get(i).conversationId(), id -> new ArrayList<>())
                    .add(i);
        }
        long[] counts = new long[queries.size()];
        List<Map.Entry<String, List<Integer>>> conversations = List.copyOf(byConversation.entrySet());
        for (int from = 0; from < conversations.size(); from += MAX_ALTERNATIVES) {
            List<Document> alternatives =
                    conversations.subList(from, Math.min(conversations.size(), from + MAX_ALTERNATIVES)).stream()
                            .map(entry -> alternative(entry.getKey(), queriesAt(entry.getValue(), queries)))
                            .toList();
            reader.all(Reads.find(documents, Documents.anyOf(alternatives)).projection(COUNTED), Mentioning::read)
                    .forEach(found -> count(
                            found, byConversation.getOrDefault(found.conversationId(), List.of()), queries, counts));
        }
        return Arrays.stream(counts).boxed().toList();
    }

    private static List<MentionCountQuery> queriesAt(List<Integer> indexes, List<MentionCountQuery> queries) {
        return indexes.stream().map(queries::get).toList();
    }

    private static Document alternative(String conversationId, List<MentionCountQuery> queries) {
        Set<String> mentioned = new HashSet<>(Set.of(MessageBody.MENTION_ALL));
        queries.forEach(query -> mentioned.add(query.userId()));
        long after =
                queries.stream().mapToLong(MentionCountQuery::afterSeq).min().orElse(0);
        return new Document(DocumentFields.MENTIONS, new Document("$in", List.copyOf(mentioned)))
                .append(DocumentFields.CONVERSATION_ID, conversationId)
                .append(DocumentFields.SEQ, new Document("$gt", after));
    }

    private void count(Mentioning found, List<Integer> indexes, List<MentionCountQuery> queries, long[] counts) {
        if (found.isExpired(clock.instant())) {
            return;
        }
        for (int index : indexes) {
            MentionCountQuery query = queries.get(index);
            if (found.seq() > query.afterSeq() && found.mentions(query.userId())) {
                counts[index]++;
            }
        }
    }

    /**
     * What a message with mentions is counted by.
     *
     * @param expiresAt when the message expires, or null
     */
    private record Mentioning(
            String conversationId,
            long seq,
            String senderId,
            Set<String> mentioned,
            @Nullable Date expiresAt) {
        private static Mentioning read(Document stored) {
            return new Mentioning(
                    DocumentReader.text(stored, DocumentFields.CONVERSATION_ID),
                    Documents.whole(stored, DocumentFields.SEQ),
                    DocumentReader.text(stored, DocumentFields.SENDER_ID),
                    Set.copyOf(stored.getList(DocumentFields.MENTIONS, String.class)),
                    stored.getDate(DocumentFields.EXPIRES_AT));
        }

        private boolean isExpired(Instant now) {
            return expiresAt != null && !expiresAt.toInstant().isAfter(now);
        }

        private boolean mentions(String userId) {
            return !senderId.equals(userId)
                    && (mentioned.contains(userId) || mentioned.contains(MessageBody.MENTION_ALL));
        }
    }
}

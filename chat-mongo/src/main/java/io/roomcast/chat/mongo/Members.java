package io.roomcast.chat.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;

/**
 * Stores the members of conversations, one document for each user in each conversation. Safe for use by several threads;
 * every method blocks.
 */
final class Members {
    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);
    // The driver's ids ascend, so they order members who joined at the same time.
    private static final Document BY_JOIN_TIME = new Document(DocumentFields.JOINED_AT, 1).append(DocumentFields.ID, 1);

    private final DocumentReader<Document> reader = new DocumentReader<>("members");
    private final MongoCollection<Document> members;

    Members(MongoCollection<Document> members) {
        this.members = members;
    }

    /** Adds the members, except users who are members already. */
    void add(String conversationId, Collection<Member> joining) {
        if (joining.isEmpty()) {
            return;
        }
        List<Document> documents = joining.stream()
                .map(member -> write(member).append(DocumentFields.CONVERSATION_ID, conversationId))
                .toList();
        try {
            members.insertMany(documents, UNORDERED);
        } catch (MongoBulkWriteException failure) {
            if (!Failures.areDuplicateKeysOnly(failure)) {
                throw failure;
            }
        }
    }

    /** Removes the member if there is one. */
    void remove(String conversationId, String userId) {
        members.deleteOne(membership(conversationId, userId));
    }

    /** Changes the role. Returns false if the user is not a member. */
    boolean changeRole(String conversationId, String userId, Role role) {
        Document change = new Document("$set", new Document(DocumentFields.ROLE, role.wireName()));
        return members.updateOne(membership(conversationId, userId), change).getMatchedCount() > 0;
    }

    /** Returns the user's memberships in the given conversations. */
    Map<String, Member> of(String userId, Collection<String> conversationIds) {
        Document wanted = new Document(DocumentFields.USER_ID, userId)
                .append(DocumentFields.CONVERSATION_ID, new Document("$in", List.copyOf(conversationIds)));
        Map<String, Member> found = new HashMap<>();
        reader.all(Reads.find(members, wanted), Members::readWithConversation)
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    /** Returns those of the other users who share at least one conversation with the user. */
    Set<String> sharing(String userId, Collection<String> others) {
        List<String> conversationIds = others.isEmpty() ? List.of() : conversationsOf(userId);
        if (conversationIds.isEmpty()) {
            return Set.of();
        }
        Document wanted = new Document(DocumentFields.USER_ID, new Document("$in", List.copyOf(others)))
                .append(DocumentFields.CONVERSATION_ID, new Document("$in", conversationIds));
        return new HashSet<>(reader.all(
                Reads.find(members, wanted).projection(new Document(DocumentFields.USER_ID, 1)),
                member -> DocumentReader.text(member, DocumentFields.USER_ID)));
    }

    /** Returns the given users who are not members. */
    Set<String> nonMembers(String conversationId, Set<String> userIds) {
        Document wanted = new Document(DocumentFields.CONVERSATION_ID, conversationId)
                .append(DocumentFields.USER_ID, new Document("$in", userIds));
        Set<String> nonMembers = new HashSet<>(userIds);
        nonMembers.removeAll(
                reader.all(Reads.find(members, wanted), member -> DocumentReader.text(member, DocumentFields.USER_ID)));
        return nonMembers;
    }

    /** Returns the members in the order in which they joined. */
    List<Member> of(String conversationId) {
        Document wanted = new Document(DocumentFields.CONVERSATION_ID, conversationId);
        return reader.all(Reads.find(members, wanted).sort(BY_JOIN_TIME), Members::read);
    }

    /** Returns the members of each conversation. Sends no query if there are no conversations. */
    Map<String, List<Member>> ofConversations(List<String> conversationIds) {
        Map<String, List<Member>> found = new HashMap<>();
        if (!conversationIds.isEmpty()) {
            Document wanted = new Document(DocumentFields.CONVERSATION_ID, new Document("$in", conversationIds));
            reader.all(Reads.find(members, wanted).sort(BY_JOIN_TIME), Members::readWithConversation)
                    .forEach(entry -> found.computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                            .add(entry.getValue()));
        }
        return found;
    }

    /** Returns the ids of the user's conversations. */
    List<String> conversationsOf(String userId) {
        return reader.all(
                Reads.find(members, new Document(DocumentFields.USER_ID, userId))
                        .projection(new Document(DocumentFields.CONVERSATION_ID, 1)),
                member -> DocumentReader.text(member, DocumentFields.CONVERSATION_ID));
    }

    private static Document membership(String conversationId, String userId) {
        return new Document(DocumentFields.USER_ID, userId).append(DocumentFields.CONVERSATION_ID, conversationId);
    }

    /** Returns the members of a conversation that is being created. */
    static List<Member> initialMembers(NewConversation wanted, Instant now) {
        return IntStream.range(0, wanted.memberIds().size())
                .mapToObj(i -> new Member(wanted.memberIds().get(i), wanted.roleOf(i), now))
                .toList();
    }

    /** Returns the member as a document without the conversation. */
    static Document write(Member member) {
        return new Document(DocumentFields.USER_ID, member.userId())
                .append(DocumentFields.ROLE, member.role().wireName())
                .append(DocumentFields.JOINED_AT, Date.from(member.joinedAt()));
    }

    /** Returns the member that a document holds. */
    static Member read(Document stored) {
        return new Member(
                DocumentReader.text(stored, DocumentFields.USER_ID),
                EnumNames.constant(Role.values(), Role::wireName, stored.getString(DocumentFields.ROLE)),
                Documents.instant(stored, DocumentFields.JOINED_AT));
    }

    /** Returns the member that a document holds, with the conversation's id as the key. */
    static Map.Entry<String, Member> readWithConversation(Document stored) {
        return Map.entry(DocumentReader.text(stored, DocumentFields.CONVERSATION_ID), read(stored));
    }
}

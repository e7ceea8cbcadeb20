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
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;

/** Who belongs to which conversation. Safe for use by several threads; every method blocks. */
final class Members {
    private static final InsertManyOptions EACH_FOR_ITSELF = new InsertManyOptions().ordered(false);
    // The driver's own ids rise, so they tell the order of those who joined at once.
    private static final Document BY_JOINING = new Document(Fields.JOINED_AT, 1).append(Fields.ID, 1);

    private final MongoCollection<Document> members;

    Members(MongoCollection<Document> members) {
        this.members = members;
    }

    /** Adds those who are not members yet. */
    void add(String conversationId, Collection<Member> joining) {
        if (joining.isEmpty()) {
            return;
        }
        List<Document> documents = joining.stream()
                .map(member -> write(member).append(Fields.CONVERSATION_ID, conversationId))
                .toList();
        try {
            members.insertMany(documents, EACH_FOR_ITSELF);
        } catch (MongoBulkWriteException failure) {
            if (!Failures.areDuplicateKeysOnly(failure)) {
                throw failure;
            }
        }
    }

    void remove(String conversationId, String userId) {
        members.deleteOne(membership(conversationId, userId));
    }

    boolean contains(String conversationId, String userId) {
        return members.find(membership(conversationId, userId))
                        .projection(new Document(Fields.ID, 1))
                        .first()
                != null;
    }

    List<Member> of(String conversationId) {
        return members.find(new Document(Fields.CONVERSATION_ID, conversationId))
                .sort(BY_JOINING)
                .map(Members::read)
                .into(new ArrayList<>());
    }

    private static Document membership(String conversationId, String userId) {
        return new Document(Fields.USER_ID, userId).append(Fields.CONVERSATION_ID, conversationId);
    }

    static List<Member> founding(NewConversation wanted, Instant now) {
        return IntStream.range(0, wanted.memberIds().size())
                .mapToObj(i -> new Member(wanted.memberIds().get(i), wanted.roleOf(i), now))
                .toList();
    }

    static Document write(Member member) {
        return new Document(Fields.USER_ID, member.userId())
                .append(Fields.ROLE, member.role().wireName())
                .append(Fields.JOINED_AT, Date.from(member.joinedAt()));
    }

    static Member read(Document stored) {
        return new Member(
                stored.getString(Fields.USER_ID),
                WireNames.constant(Role.values(), Role::wireName, stored.getString(Fields.ROLE)),
                stored.getDate(Fields.JOINED_AT).toInstant());
    }
}

package io.roomcast.chat.mongo;

import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Role;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to which conversation, where the first members of a new one count before their own documents are stored.
 *
 * <p>A conversation's document names its first members until all of them are stored. Readers add those names, in
 * whichever step the creation is; whoever changes the members completes the creation first. Safe for use by several
 * threads; every method blocks.
 */
final class Membership {
    /** Longer than a creation takes: of an older conversation, nobody who was not found has been stored since. */
    private static final Duration BEGINNING = Duration.ofMinutes(1);

    private final Conversations conversations;
    private final Members members;
    private final Clock clock;

    Membership(Conversations conversations, Members members, Clock clock) {
        this.conversations = conversations;
        this.members = members;
        this.clock = clock;
    }

    /** The first members as far as they may not be stored, in their order. */
    static List<Member> founders(@Nullable Document conversation) {
        return conversation == null
                ? List.of()
                : conversation.getList(Fields.FOUNDERS, Document.class, List.of()).stream()
                        .map(Members::read)
                        .toList();
    }

    /** All members of a conversation, whose document was read before. */
    List<Member> of(Document conversation) {
        return union(founders(conversation), members.of(conversation.getString(Fields.ID)));
    }

    /** As {@link #of(Document)}, where the members were read too. */
    static List<Member> union(List<Member> founders, List<Member> stored) {
        if (founders.isEmpty()) {
            return stored;
        }
        Map<String, Member> all = new LinkedHashMap<>();
        founders.forEach(member -> all.put(member.userId(), member));
        stored.forEach(member -> all.put(member.userId(), member));
        return List.copyOf(all.values());
    }

    /** All members of a conversation. */
    List<Member> of(String conversationId) {
        List<Member> founders =
                founders(conversations.beginnings(Set.of(conversationId)).get(conversationId));
        return union(founders, members.of(conversationId));
    }

    Optional<Member> find(String conversationId, String userId) {
        return Optional.ofNullable(of(userId, Set.of(conversationId)).get(conversationId));
    }

    /** The user as a member of those of the conversations that the user belongs to. */
    Map<String, Member> of(String userId, Collection<String> conversationIds) {
        Map<String, Member> found = new HashMap<>(members.of(userId, conversationIds));
        Set<String> others = new HashSet<>(conversationIds);
        others.removeAll(found.keySet());
        if (!others.isEmpty()) {
            found.putAll(amongFirst(userId, others));
        }
        return found;
    }

    /** Where the user was not found: among the first members, or stored and removed from them since the look. */
    private Map<String, Member> amongFirst(String userId, Set<String> conversationIds) {
        Map<String, Document> beginnings = conversations.beginnings(conversationIds);
        Map<String, Member> found = new HashMap<>();
        beginnings.forEach((conversationId, conversation) -> founders(conversation).stream()
                .filter(member -> member.userId().equals(userId))
                .forEach(member -> found.put(conversationId, member)));
        List<String> justStored = beginnings.entrySet().stream()
                .filter(entry -> isNew(entry.getValue()) && !entry.getValue().containsKey(Fields.FOUNDERS))
                .map(Map.Entry::getKey)
                .toList();
        if (!justStored.isEmpty()) {
            found.putAll(members.of(userId, justStored));
        }
        return found;
    }

    private boolean isNew(Document conversation) {
        // Another program may have written the document.
        return conversation.get(Fields.CREATED_AT) instanceof Date createdAt
                && createdAt.toInstant().plus(BEGINNING).isAfter(clock.instant());
    }

    /** Stores the first members of a conversation that are not stored yet. */
    void complete(Document conversation) {
        List<Member> founders = founders(conversation);
        if (!founders.isEmpty()) {
            String conversationId = conversation.getString(Fields.ID);
            members.add(conversationId, founders);
            conversations.admitted(conversationId);
        }
    }

    private void complete(String conversationId) {
        conversations.beginnings(Set.of(conversationId)).values().forEach(this::complete);
    }

    /** Adds those who are not members yet, and were {@linkplain #strangers strangers} a moment ago. */
    void add(String conversationId, List<Member> joining) {
        members.add(conversationId, joining);
    }

    /** Those of the others who are members of a conversation that the user is a member of as well. */
    Set<String> sharing(String userId, Collection<String> others) {
        return members.sharing(userId, others);
    }

    /** Those of the users who are no members, once all first members are stored. */
    Set<String> strangers(String conversationId, Set<String> userIds) {
        complete(conversationId);
        return members.strangers(conversationId, userIds);
    }

    void remove(String conversationId, String userId) {
        complete(conversationId);
        members.remove(conversationId, userId);
    }

    boolean changeRole(String conversationId, String userId, Role role) {
        if (members.changeRole(conversationId, userId, role)) {
            return true;
        }
        complete(conversationId);
        return members.changeRole(conversationId, userId, role);
    }
}

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
 * Tracks the members of conversations, including initial members whose own documents are not stored yet.
 *
 * <p>A conversation's document lists its initial members until all of them are stored. Readers include those names at
 * every step of the creation. A change of the members first completes the creation. Safe for use by several threads;
 * every method blocks.
 */
final class Membership {
    /**
     * Longer than any creation takes. In an older conversation, a user who was not found has not been stored since as
     * an initial member.
     */
    private static final Duration BEGINNING = Duration.ofMinutes(1);

    private final ConversationDocuments conversations;
    private final Members members;
    private final Clock clock;

    Membership(ConversationDocuments conversations, Members members, Clock clock) {
        this.conversations = conversations;
        this.members = members;
        this.clock = clock;
    }

    /** Returns the initial members that may not be stored yet, in order. */
    static List<Member> founders(@Nullable Document conversation) {
        return conversation == null
                ? List.of()
                : conversation.getList(DocumentFields.FOUNDERS, Document.class, List.of()).stream()
                        .map(Members::read)
                        .toList();
    }

    /** Returns all members of a conversation whose document was already read. */
    List<Member> of(Document conversation) {
        return union(founders(conversation), members.of(conversation.getString(DocumentFields.ID)));
    }

    /** Does the same as {@link #of(Document)} with members that were already read. */
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

    /** Returns the user's memberships in the given conversations. */
    Map<String, Member> of(String userId, Collection<String> conversationIds) {
        Map<String, Member> found = new HashMap<>(members.of(userId, conversationIds));
        Set<String> others = new HashSet<>(conversationIds);
        others.removeAll(found.keySet());
        if (!others.isEmpty()) {
            found.putAll(amongFirst(userId, others));
        }
        return found;
    }

    /**
     * Handles a user who was not found. The user may be an initial member, or may have been stored and removed from
     * that list since the read.
     */
    private Map<String, Member> amongFirst(String userId, Set<String> conversationIds) {
        Map<String, Document> beginnings = conversations.beginnings(conversationIds);
        Map<String, Member> found = new HashMap<>();
        beginnings.forEach((conversationId, conversation) -> founders(conversation).stream()
                .filter(member -> member.userId().equals(userId))
                .forEach(member -> found.put(conversationId, member)));
        List<String> justStored = beginnings.entrySet().stream()
                .filter(entry -> isNew(entry.getValue()) && !entry.getValue().containsKey(DocumentFields.FOUNDERS))
                .map(Map.Entry::getKey)
                .toList();
        if (!justStored.isEmpty()) {
            found.putAll(members.of(userId, justStored));
        }
        return found;
    }

    private boolean isNew(Document conversation) {
        // Another program may have written the document.
        return conversation.get(DocumentFields.CREATED_AT) instanceof Date createdAt
                && createdAt.toInstant().plus(BEGINNING).isAfter(clock.instant());
    }

    /** Stores the initial members of a conversation that are not stored yet. */
    void complete(Document conversation) {
        List<Member> founders = founders(conversation);
        if (!founders.isEmpty()) {
            String conversationId = conversation.getString(DocumentFields.ID);
            members.add(conversationId, founders);
            conversations.admitted(conversationId);
        }
    }

    private void complete(String conversationId) {
        conversations.beginnings(Set.of(conversationId)).values().forEach(this::complete);
    }

    /** Adds users who were {@linkplain #strangers not members} a moment ago. */
    void add(String conversationId, List<Member> joining) {
        members.add(conversationId, joining);
    }

    /** Returns those of the other users who share at least one conversation with the user. */
    Set<String> sharing(String userId, Collection<String> others) {
        return members.sharing(userId, others);
    }

    /** Returns the users who are not members, after all initial members have been stored. */
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

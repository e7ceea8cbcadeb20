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
    /** A time longer than any creation takes. No initial members of an older conversation are being stored. */
    private static final Duration CREATION_WINDOW = Duration.ofMinutes(1);

    private final ConversationDocuments conversations;
    private final Members members;
    private final Clock clock;

    Membership(ConversationDocuments conversations, Members members, Clock clock) {
        this.conversations = conversations;
        this.members = members;
        this.clock = clock;
    }

    /** Returns the initial members that may not be stored yet, in order. */
    static List<Member> initialMembers(@Nullable Document conversation) {
        return conversation == null
                ? List.of()
                : conversation.getList(DocumentFields.INITIAL_MEMBERS, Document.class, List.of()).stream()
                        .map(Members::read)
                        .toList();
    }

    /** Returns all members of a conversation whose document was already read. */
    List<Member> of(Document conversation) {
        return union(initialMembers(conversation), members.of(conversation.getString(DocumentFields.ID)));
    }

    /** Does the same as {@link #of(Document)} with members that were already read. */
    static List<Member> union(List<Member> initialMembers, List<Member> stored) {
        if (initialMembers.isEmpty()) {
            return stored;
        }
        Map<String, Member> all = new LinkedHashMap<>();
        initialMembers.forEach(member -> all.put(member.userId(), member));
        stored.forEach(member -> all.put(member.userId(), member));
        return List.copyOf(all.values());
    }

    /** Returns all members of a conversation. */
    List<Member> of(String conversationId) {
        List<Member> initialMembers =
                initialMembers(conversations.creations(Set.of(conversationId)).get(conversationId));
        return union(initialMembers, members.of(conversationId));
    }

    /** Returns the user's membership in the conversation. */
    Optional<Member> find(String conversationId, String userId) {
        return Optional.ofNullable(of(userId, Set.of(conversationId)).get(conversationId));
    }

    /** Returns the user's memberships in the given conversations. */
    Map<String, Member> of(String userId, Collection<String> conversationIds) {
        Map<String, Member> found = new HashMap<>(members.of(userId, conversationIds));
        Set<String> others = new HashSet<>(conversationIds);
        others.removeAll(found.keySet());
        if (!others.isEmpty()) {
            found.putAll(amongInitialMembers(userId, others));
        }
        return found;
    }

    /**
     * Returns memberships that a first query did not find: the user is an initial member, or was stored since and
     * removed from the list of initial members.
     */
    private Map<String, Member> amongInitialMembers(String userId, Set<String> conversationIds) {
        Map<String, Document> creations = conversations.creations(conversationIds);
        Map<String, Member> found = new HashMap<>();
        creations.forEach((conversationId, conversation) -> initialMembers(conversation).stream()
                .filter(member -> member.userId().equals(userId))
                .forEach(member -> found.put(conversationId, member)));
        List<String> justStored = creations.entrySet().stream()
                .filter(entry ->
                        isNew(entry.getValue()) && !entry.getValue().containsKey(DocumentFields.INITIAL_MEMBERS))
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
                && createdAt.toInstant().plus(CREATION_WINDOW).isAfter(clock.instant());
    }

    /** Stores the initial members of a conversation that are not stored yet. */
    void complete(Document conversation) {
        List<Member> initialMembers = initialMembers(conversation);
        if (!initialMembers.isEmpty()) {
            String conversationId = conversation.getString(DocumentFields.ID);
            members.add(conversationId, initialMembers);
            conversations.removeInitialMembers(conversationId);
        }
    }

    private void complete(String conversationId) {
        conversations.creations(Set.of(conversationId)).values().forEach(this::complete);
    }

    /** Adds users who were {@linkplain #nonMembers not members} a moment ago. */
    void add(String conversationId, List<Member> joining) {
        members.add(conversationId, joining);
    }

    /** Returns those of the other users who share at least one conversation with the user. */
    Set<String> sharing(String userId, Collection<String> others) {
        return members.sharing(userId, others);
    }

    /** Returns the users who are not members, after all initial members have been stored. */
    Set<String> nonMembers(String conversationId, Set<String> userIds) {
        complete(conversationId);
        return members.nonMembers(conversationId, userIds);
    }

    /** Removes the member if there is one. */
    void remove(String conversationId, String userId) {
        complete(conversationId);
        Failures.writing(() -> members.remove(conversationId, userId));
    }

    /** Changes the role. Returns false if the user is not a member. */
    boolean changeRole(String conversationId, String userId, Role role) {
        return changeStoredRole(conversationId, userId, role) || changeInitialRole(conversationId, userId, role);
    }

    private boolean changeStoredRole(String conversationId, String userId, Role role) {
        return Failures.writing(() -> members.changeRole(conversationId, userId, role));
    }

    private boolean changeInitialRole(String conversationId, String userId, Role role) {
        complete(conversationId);
        return changeStoredRole(conversationId, userId, role);
    }
}

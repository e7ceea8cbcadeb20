package io.roomcast.chat.internal.room;

import io.roomcast.chat.internal.execution.LookupCache;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationKinds;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.ConversationStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Caches the kinds of conversations and their memberships; safe for use by any thread.
 *
 * <p>This server's own changes are visible immediately. A member that another server adds is visible after at most
 * {@link #ABSENCE_LIFETIME}, and one that it removes is gone after at most {@link #LIFETIME}. A conversation's kind never
 * changes.
 */
public final class MembershipCache implements AccessPolicy.Membership {
    /** How long it is cached that a user is a member or that a conversation exists. */
    public static final Duration LIFETIME = Duration.ofSeconds(30);

    /** How long it is cached that a user is not a member or that a conversation does not exist. */
    public static final Duration ABSENCE_LIFETIME = Duration.ofSeconds(1);

    private record Key(String conversationId, String userId) {}

    private final LookupCache<Key, Member> members;
    /** The kind of each conversation, or empty if it was deleted. */
    private final LookupCache<String, Optional<ConversationKind>> kinds;

    private final ConversationStore store;

    MembershipCache(ConversationStore store, Clock clock) {
        this.store = store;
        members = new LookupCache<>(
                clock, LIFETIME, ABSENCE_LIFETIME, key -> store.member(key.conversationId(), key.userId()));
        kinds = new LookupCache<>(
                clock,
                LIFETIME,
                ABSENCE_LIFETIME,
                id -> Optional.ofNullable(kinds(List.of(id)).get(id)));
    }

    private Map<String, Optional<ConversationKind>> kinds(Collection<String> conversationIds) {
        ConversationKinds found = store.kinds(conversationIds);
        Map<String, Optional<ConversationKind>> kinds = new HashMap<>();
        found.existing().forEach((id, kind) -> kinds.put(id, Optional.of(kind)));
        found.deleted().forEach(id -> kinds.put(id, Optional.empty()));
        return kinds;
    }

    /** Returns the user's membership, or empty if the user is not a member or there is no such conversation; may block. */
    public Optional<Member> member(String conversationId, String userId) {
        return members.get(new Key(conversationId, userId));
    }

    /** Returns whether the user is a member with more rights than others, such as an owner; may block. */
    public boolean isStaff(String conversationId, String userId) {
        return member(conversationId, userId)
                .filter(member -> member.role() != Role.MEMBER)
                .isPresent();
    }

    @Override
    public boolean isMember(String conversationId, String userId) {
        return member(conversationId, userId).isPresent();
    }

    /** Also returns true if the conversation does not exist, as its first message creates it as an open one. */
    @Override
    public boolean isOpen(String conversationId) {
        return kind(conversationId) == ConversationKind.OPEN;
    }

    /**
     * Returns the conversation's kind; may block. One that does not exist has the kind that its first message gives it.
     * One that was deleted counts as a group without members.
     */
    public ConversationKind kind(String conversationId) {
        return NewConversation.isDirect(conversationId)
                ? ConversationKind.DIRECT
                : kinds.get(conversationId)
                        .orElse(Optional.of(ConversationKind.OPEN))
                        .orElse(ConversationKind.GROUP);
    }

    /** Returns whether the conversation was deleted; may block. */
    public boolean isDeleted(String conversationId) {
        return !NewConversation.isDirect(conversationId)
                && kinds.get(conversationId).filter(Optional::isEmpty).isPresent();
    }

    /** Returns whether the conversation was created or has messages. May block. */
    public boolean exists(String conversationId) {
        return kinds.get(conversationId).filter(Optional::isPresent).isPresent();
    }

    /**
     * Preloads kinds and memberships of several conversations with two calls of the store, instead of two for each. May
     * block.
     *
     * @param userId the user whose memberships to load, or null for none
     */
    public void preload(@Nullable String userId, Collection<String> conversationIds) {
        kinds.loadAll(conversationIds, this::kinds);
        if (userId != null) {
            members.loadAll(
                    conversationIds.stream().map(id -> new Key(id, userId)).toList(),
                    keys -> membershipsOf(userId, keys));
        }
    }

    private Map<Key, Member> membershipsOf(String userId, List<Key> keys) {
        return store
                .membershipsOf(userId, keys.stream().map(Key::conversationId).toList())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(entry -> new Key(entry.getKey(), userId), Map.Entry::getValue));
    }

    /** Removes users whose membership has changed; called after the store has changed it. */
    public void invalidate(String conversationId, Collection<String> userIds) {
        userIds.forEach(userId -> members.invalidate(new Key(conversationId, userId)));
    }

    /** Removes all memberships of a user. */
    public void invalidateUser(String userId) {
        members.invalidateIf(key -> key.userId().equals(userId));
    }

    /** Removes the conversation's kind; called after the store has created the conversation. */
    public void invalidateKind(String conversationId) {
        kinds.invalidate(conversationId);
    }

    /** Removes a conversation; called after the store has deleted it. */
    public void invalidateConversation(String conversationId) {
        kinds.invalidate(conversationId);
        members.invalidateIf(key -> key.conversationId().equals(conversationId));
    }

    /** Removes all entries. */
    public void close() {
        members.clear();
        kinds.clear();
    }

    int size() {
        return members.size() + kinds.size();
    }
}

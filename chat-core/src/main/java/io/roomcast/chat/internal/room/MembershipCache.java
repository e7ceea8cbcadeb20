package io.roomcast.chat.internal.room;

import io.roomcast.chat.internal.execution.LookupCache;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.ConversationStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which conversations belong to their members, and who these are, asked of the store and kept for a while; safe for use
 * by any thread.
 *
 * <p>What this server changes is known at once. What another server adds is known after {@link #LIFE_OF_ABSENCE}, and
 * what it takes away after {@link #LIFE}, at the latest. A conversation never changes its kind.
 */
public final class MembershipCache implements AccessPolicy.Membership {
    /** How long a user is believed to be a member, and a conversation to be there. */
    public static final Duration LIFE = Duration.ofSeconds(30);

    /** How long a user is believed to be no member, and a conversation not to be there. */
    public static final Duration LIFE_OF_ABSENCE = Duration.ofSeconds(1);

    private record Key(String conversationId, String userId) {}

    private final LookupCache<Key, Member> members;
    private final LookupCache<String, ConversationKind> kinds;
    private final ConversationStore store;

    public MembershipCache(ConversationStore store, Clock clock) {
        this.store = store;
        members = new LookupCache<>(
                clock, LIFE, LIFE_OF_ABSENCE, key -> store.member(key.conversationId(), key.userId()));
        kinds = new LookupCache<>(
                clock,
                LIFE,
                LIFE_OF_ABSENCE,
                id -> Optional.ofNullable(store.kinds(List.of(id)).get(id)));
    }

    /** The user as a member, or empty for a stranger and where there is no such conversation; may block. */
    public Optional<Member> member(String conversationId, String userId) {
        return members.find(new Key(conversationId, userId));
    }

    @Override
    public boolean isMember(String conversationId, String userId) {
        return member(conversationId, userId).isPresent();
    }

    /** What has no conversation of its own yet is open, as its first message makes it so. */
    @Override
    public boolean isOpen(String conversationId) {
        return !NewConversation.isDirect(conversationId)
                && kinds.find(conversationId).orElse(ConversationKind.OPEN) == ConversationKind.OPEN;
    }

    /**
     * Preloads kinds and memberships of several conversations with two calls of the store, instead of two for each. May
     * block.
     *
     * @param userId the user whose memberships to load, or null for none
     */
    public void learn(@Nullable String userId, Collection<String> conversationIds) {
        kinds.learn(conversationIds, store::kinds);
        if (userId != null) {
            members.learn(
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

    /** Forgets what was known of users whose membership was changed; to be called once the store has changed it. */
    public void changed(String conversationId, Collection<String> userIds) {
        userIds.forEach(userId -> members.drop(new Key(conversationId, userId)));
    }

    /** Forgets all that was known of a user. */
    public void forget(String userId) {
        members.dropAll(key -> key.userId().equals(userId));
    }

    /** Forgets whether the conversation exists; to be called once the store has created it. */
    public void made(String conversationId) {
        kinds.drop(conversationId);
    }

    public void close() {
        members.clear();
        kinds.clear();
    }

    int size() {
        return members.size() + kinds.size();
    }
}

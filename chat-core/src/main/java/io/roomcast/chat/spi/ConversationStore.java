package io.roomcast.chat.spi;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKinds;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of a {@link ChatStore} that stores conversations and their members. */
public interface ConversationStore {
    /** The page size with which {@link #sharing} reads conversations: {@value}. */
    int PAGE = 100;

    /** Returns the conversation with the given id. Empty if it was neither created nor has messages. */
    Optional<Conversation> conversation(String conversationId);

    /**
     * Returns a page of a user's conversations, the most recently active first.
     *
     * <p>The newest message and the position of each may be slightly older than what other nodes wrote.
     */
    List<Conversation> conversations(ConversationQuery query);

    /**
     * Creates a conversation. If the id is taken, returns the existing conversation unchanged.
     *
     * @throws io.roomcast.chat.model.ChatException {@link io.roomcast.chat.model.ErrorCode#CONFLICT} if it was deleted
     */
    Conversation create(NewConversation conversation);

    /** Changes the title or metadata. Empty if the conversation does not exist. */
    Optional<Conversation> update(ConversationUpdate update);

    /**
     * Adds users to a conversation as ordinary members. Does nothing if the conversation does not exist.
     *
     * <p>All earlier messages count as read by a new member, also by one who was a member before and has marked some as
     * unread. Existing members are unchanged.
     */
    void addMembers(String conversationId, Set<String> userIds);

    /** Ends a user's membership and keeps the user's receipts. Does nothing if the user is not a member. */
    void removeMember(String conversationId, String userId);

    /** Gives a member a role. Returns false if the user is not a member. */
    boolean changeRole(String conversationId, String userId, Role role);

    /**
     * Deletes a conversation for ever. From then on it does not exist: no list has it, its messages cannot be changed, and
     * {@link MessageStore#append} fails with {@link io.roomcast.chat.model.ErrorCode#CONVERSATION_NOT_FOUND}. Its id
     * stays taken, so that no late write restores it.
     *
     * <p>The store may remove the messages, changes, members and receipts later, in steps of bounded size. Until then,
     * reads may still find them. It continues after a restart, and also removes what other nodes write until they know of
     * the deletion.
     *
     * @return false if there is no such conversation
     */
    boolean delete(String conversationId);

    /**
     * Returns which of the conversations exist, with their kinds, and which were deleted. The kind of a conversation
     * never changes.
     *
     * <p>Called for most commands of a conversation that is not cached, so it should cost one index lookup.
     */
    ConversationKinds kinds(Collection<String> conversationIds);

    /** Returns the members in the order in which they joined. Empty if the conversation does not exist. */
    default List<Member> members(String conversationId) {
        return conversation(conversationId).map(Conversation::members).orElse(List.of());
    }

    /**
     * Returns the user's memberships in the given conversations, by conversation id. Conversations without the user are
     * missing. This implementation reads them one by one.
     */
    default Map<String, Member> membershipsOf(String userId, Collection<String> conversationIds) {
        Map<String, Member> memberships = new HashMap<>();
        conversationIds.forEach(id -> member(id, userId).ifPresent(member -> memberships.put(id, member)));
        return memberships;
    }

    /**
     * Returns those of the other users who share at least one conversation with the user.
     *
     * <p>Called before the presence of users is shown. This implementation reads the user's conversations one by one; a
     * store should use an index instead.
     */
    default Set<String> sharing(String userId, Collection<String> others) {
        Set<String> sharing = new HashSet<>();
        ConversationQuery.@Nullable Cursor after = null;
        List<Conversation> page;
        do {
            page = conversations(new ConversationQuery(userId, after, PAGE));
            for (Conversation conversation : page) {
                members(conversation.conversationId()).stream()
                        .map(Member::userId)
                        .filter(others::contains)
                        .forEach(sharing::add);
                after = conversation.cursor();
            }
        } while (page.size() == PAGE);
        return sharing;
    }

    /** Returns the user's membership in the conversation. Empty if the user is not a member. */
    Optional<Member> member(String conversationId, String userId);

    /** Returns whether the user is a member of the conversation. */
    default boolean isMember(String conversationId, String userId) {
        return member(conversationId, userId).isPresent();
    }
}

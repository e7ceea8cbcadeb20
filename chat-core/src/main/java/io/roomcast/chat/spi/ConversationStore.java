package io.roomcast.chat.spi;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
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

/** The part of a {@link ChatStore} that keeps conversations and who belongs to them. */
public interface ConversationStore {
    /** The conversations that {@link #sharing} reads at once: {@value}. */
    int PAGE = 100;

    /** The conversation with the given id, if it was created or has messages. */
    Optional<Conversation> conversation(String conversationId);

    /**
     * A page of the conversations that a user is a member of, the most lively first.
     *
     * <p>The newest message of each, and how far it has come, may lag a moment behind what was written by other nodes.
     */
    List<Conversation> conversations(ConversationQuery query);

    /**
     * Makes a conversation, or answers the one that has its id already, unchanged.
     *
     * @param conversation what to make
     */
    Conversation create(NewConversation conversation);

    /** Changes a conversation's title or metadata; empty if there is no such conversation. */
    Optional<Conversation> update(ConversationUpdate update);

    /**
     * Adds users to a conversation as ordinary members, who have read all that was said before, also where they come
     * back; those who are members already stay as they are. Does nothing if there is no such conversation.
     */
    void addMembers(String conversationId, Set<String> userIds);

    /** Ends a user's membership and leaves the user's receipts; does nothing if there is none. */
    void removeMember(String conversationId, String userId);

    /** Gives a member a role; false if the user is no member. */
    boolean changeRole(String conversationId, String userId, Role role);

    /**
     * The kinds of those of the conversations that were created or have messages; a conversation never changes its kind.
     *
     * <p>Asked for most commands of a conversation that is not known yet, so it should cost one look at an index. This
     * implementation reads each conversation as a whole.
     */
    default Map<String, ConversationKind> kinds(Collection<String> conversationIds) {
        Map<String, ConversationKind> kinds = new HashMap<>();
        conversationIds.forEach(id -> conversation(id).ifPresent(found -> kinds.put(id, found.kind())));
        return kinds;
    }

    /** The members of the conversation, in the order in which they joined; none where there is no such conversation. */
    default List<Member> members(String conversationId) {
        return conversation(conversationId).map(Conversation::members).orElse(List.of());
    }

    /**
     * The user as a member of those of the conversations that the user belongs to, by their ids. This implementation asks
     * for each.
     */
    default Map<String, Member> membershipsOf(String userId, Collection<String> conversationIds) {
        Map<String, Member> memberships = new HashMap<>();
        conversationIds.forEach(id -> member(id, userId).ifPresent(member -> memberships.put(id, member)));
        return memberships;
    }

    /**
     * Those of the other users who are members of a conversation that the user is a member of as well.
     *
     * <p>Asked before the presence of users is shown. This implementation reads the user's conversations one by one; a
     * store does well to look at an index instead.
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

    /** The user as a member of the conversation, or empty for a stranger. */
    Optional<Member> member(String conversationId, String userId);

    /** Whether the user is a member of the conversation now. */
    default boolean isMember(String conversationId, String userId) {
        return member(conversationId, userId).isPresent();
    }
}

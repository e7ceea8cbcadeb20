package io.roomcast.chat.internal;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.ConversationStore;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes and changes conversations and tells their members; whether somebody may is decided elsewhere.
 *
 * <p>Blocks for the store; safe for use by any thread. A group's news list its members only for those who are new to it,
 * as a thousand members are too much to be told of each change.
 */
final class Conversations {
    /** Takes what is to be told to some users. */
    @FunctionalInterface
    interface News {
        void tell(Collection<String> userIds, ChatEvent event);
    }

    private final ConversationStore store;
    private final Memberships memberships;
    private final Rosters rosters;
    private final int mostMembers;

    Conversations(ConversationStore store, Memberships memberships, Rosters rosters, int mostMembers) {
        this.store = store;
        this.memberships = memberships;
        this.rosters = rosters;
        this.mostMembers = mostMembers;
    }

    Optional<Conversation> find(String conversationId) {
        return store.conversation(conversationId);
    }

    /** The conversation, which the host believes to exist. */
    Conversation existing(String conversationId) {
        return find(conversationId).orElseThrow(() -> ChatException.of(ErrorCode.CONVERSATION_NOT_FOUND));
    }

    /** Makes a conversation, or answers the one that has its id already, of which nobody hears anything. */
    Conversation create(NewConversation wanted, @Nullable String by, News news) {
        Optional<Conversation> before = find(wanted.conversationId());
        return before.isPresent() ? before.get() : createNow(wanted, by, news);
    }

    private Conversation createNow(NewConversation wanted, @Nullable String by, News news) {
        Conversation made = store.create(wanted);
        changed(made.conversationId(), wanted.memberIds());
        if (memberIds(made).equals(wanted.memberIds())) {
            news.tell(memberIds(made), new ConversationUpdated(made, by));
        }
        return made;
    }

    Conversation update(ConversationUpdate update, @Nullable String by, News news) {
        Conversation now = store.update(update).orElseThrow(() -> ChatException.of(ErrorCode.CONVERSATION_NOT_FOUND));
        news.tell(memberIds(now), new ConversationUpdated(brief(now), by));
        return now;
    }

    Conversation add(Conversation before, Collection<String> userIds, @Nullable String by, News news) {
        Set<String> added = new LinkedHashSet<>(userIds);
        added.removeAll(memberIds(before));
        if (added.isEmpty()) {
            return before;
        }
        requireRoom(before, added.size());
        addNow(before.conversationId(), added);
        Conversation now = existing(before.conversationId());
        added.forEach(userId -> tellAdded(now, userId, by, news));
        return now;
    }

    private void requireRoom(Conversation before, int added) {
        if (before.kind() == ConversationKind.DIRECT) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
        requireSize(before.members().size() + added);
    }

    /** Refuses more members than a conversation may have. */
    void requireSize(int members) {
        if (members > mostMembers) {
            throw ChatException.of(ErrorCode.MEMBER_LIMIT);
        }
    }

    private void addNow(String conversationId, Set<String> added) {
        try {
            store.addMembers(conversationId, added);
        } finally {
            changed(conversationId, added);
        }
    }

    private static void tellAdded(Conversation now, String userId, @Nullable String by, News news) {
        List<String> others =
                memberIds(now).stream().filter(other -> !other.equals(userId)).toList();
        news.tell(List.of(userId), new MemberAdded(now, userId, by));
        news.tell(others, new MemberAdded(brief(now), userId, by));
    }

    /** Ends a membership; whoever calls puts the user's sessions out of the room. */
    Conversation remove(Conversation before, String userId, @Nullable String by, News news) {
        String conversationId = before.conversationId();
        removeNow(conversationId, userId);
        if (!memberIds(before).contains(userId)) {
            return before;
        }
        news.tell(memberIds(before), new MemberRemoved(conversationId, userId, by));
        return existing(conversationId);
    }

    /** Forgets what was known even where the outcome is not known. */
    private void removeNow(String conversationId, String userId) {
        try {
            store.removeMember(conversationId, userId);
        } finally {
            changed(conversationId, List.of(userId));
        }
    }

    /** False if the user is no member. */
    boolean changeRole(String conversationId, String userId, Role role, News news) {
        boolean changed = store.changeRole(conversationId, userId, role);
        changed(conversationId, List.of(userId));
        if (changed) {
            Conversation now = existing(conversationId);
            news.tell(memberIds(now), new ConversationUpdated(now, null));
        }
        return changed;
    }

    private void changed(String conversationId, Collection<String> userIds) {
        memberships.changed(conversationId, userIds);
        rosters.changed(conversationId);
    }

    static List<String> memberIds(Conversation conversation) {
        return conversation.members().stream().map(Member::userId).toList();
    }

    /** The conversation as a list shows it, without the members of a group. */
    static Conversation brief(Conversation all) {
        return new Conversation(
                all.conversationId(),
                all.kind(),
                all.title(),
                all.kind() == ConversationKind.DIRECT ? all.members() : List.of(),
                all.metadata(),
                all.retention(),
                all.createdAt(),
                all.updatedAt(),
                all.position(),
                all.lastMessage());
    }
}

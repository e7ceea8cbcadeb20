package io.roomcast.chat.internal.handler;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.internal.presence.PresenceVisibility;
import io.roomcast.chat.internal.receipt.Receipts;
import io.roomcast.chat.internal.room.MembershipCache;
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
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes and changes conversations and tells their members; whether somebody may is decided elsewhere.
 *
 * <p>Blocks for the store; safe for use by any thread. What is told to all members of a large group does not list them,
 * and who adds many at once has them told of only one by one: a thousand members are too much to tell a thousand of.
 */
public final class ConversationEditor {
    /** Takes what is to be told to some users. */
    @FunctionalInterface
    public interface News {
        void tell(Collection<String> userIds, ChatEvent event);
    }

    /** The members that all members of a group may be told of at once. */
    static final int MOST_LISTED = 50;

    /** So many new members at once are told to each of the others; of more they hear that the group has changed. */
    static final int MOST_NAMED = 10;

    private final ConversationStore store;
    private final MembershipCache memberships;
    private final Receipts readership;
    private final PresenceVisibility acquaintances;
    private final int mostMembers;
    private final Consumer<String> whenMade;

    /**
     * Takes its parts.
     *
     * @param whenMade called with the id of each conversation that was made
     */
    public ConversationEditor(
            ConversationStore store,
            MembershipCache memberships,
            Receipts readership,
            PresenceVisibility acquaintances,
            int mostMembers,
            Consumer<String> whenMade) {
        this.store = store;
        this.memberships = memberships;
        this.readership = readership;
        this.acquaintances = acquaintances;
        this.mostMembers = mostMembers;
        this.whenMade = whenMade;
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
        Conversation made = makeNow(wanted);
        whenMade.accept(made.conversationId());
        if (memberIds(made).equals(wanted.memberIds())) {
            news.tell(memberIds(made), new ConversationUpdated(forAll(made), by));
        }
        return made;
    }

    /** Forgets what was known even where the outcome is not known. */
    private Conversation makeNow(NewConversation wanted) {
        try {
            return store.create(wanted);
        } finally {
            memberships.invalidateKind(wanted.conversationId());
            changed(wanted.conversationId(), wanted.memberIds());
        }
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
        if (added.size() <= MOST_NAMED) {
            added.forEach(userId -> tellAdded(now, userId, by, news));
        } else {
            tellManyAdded(now, added, by, news);
        }
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
            readership.forget(conversationId, added);
        }
    }

    private static void tellAdded(Conversation now, String userId, @Nullable String by, News news) {
        List<String> others =
                memberIds(now).stream().filter(other -> !other.equals(userId)).toList();
        news.tell(List.of(userId), new MemberAdded(now, userId, by));
        news.tell(others, new MemberAdded(brief(now), userId, by));
    }

    private static void tellManyAdded(Conversation now, Set<String> added, @Nullable String by, News news) {
        Conversation brief = brief(now);
        List<String> others =
                memberIds(now).stream().filter(other -> !added.contains(other)).toList();
        added.forEach(userId -> news.tell(List.of(userId), new MemberAdded(brief, userId, by)));
        news.tell(others, new ConversationUpdated(brief, by));
    }

    /** Ends a membership; whoever calls puts the user's sessions out of the room. */
    Conversation remove(Conversation before, String userId, @Nullable String by, News news) {
        String conversationId = before.conversationId();
        boolean isOwner = isOwnedBy(before, userId);
        // A group has two owners for a moment rather than none, as a crash may make the moment long.
        boolean hasHeir = isOwner && promoteHeir(before, userId);
        removeNow(conversationId, userId);
        if (!memberIds(before).contains(userId)) {
            return before;
        }
        news.tell(memberIds(before), new MemberRemoved(conversationId, userId, by));
        if (hasHeir) {
            tellUpdated(existing(conversationId), by, news);
        }
        return isOwner ? passOn(conversationId, by, news) : existing(conversationId);
    }

    /**
     * Makes another member the owner before the owner leaves. Returns false if the group has another owner, or no other
     * member.
     */
    private boolean promoteHeir(Conversation before, String leaving) {
        Conversation group = before;
        Optional<String> heir = heir(group, leaving);
        boolean isPromoted = false;
        while (heir.isPresent() && !isPromoted) {
            isPromoted = store.changeRole(group.conversationId(), heir.get(), Role.OWNER);
            changed(group.conversationId(), List.of(heir.get()));
            group = existing(group.conversationId());
            heir = heir(group, leaving);
        }
        return isPromoted;
    }

    private static boolean isOwnedBy(Conversation conversation, String userId) {
        return conversation.members().stream()
                .anyMatch(
                        member -> member.role() == Role.OWNER && member.userId().equals(userId));
    }

    /** Gives a group without an owner, as the heir left at the same time, to another heir. */
    private Conversation passOn(String conversationId, @Nullable String by, News news) {
        Optional<String> heir = heir(existing(conversationId), null);
        while (heir.isPresent() && !changeRole(conversationId, heir.get(), Role.OWNER, by, news)) {
            heir = heir(existing(conversationId), null);
        }
        return existing(conversationId);
    }

    /**
     * Returns the next owner of a group that has no other owner: the member with the longest membership, admins first.
     */
    private static Optional<String> heir(Conversation group, @Nullable String leaving) {
        List<Member> members = group.members().stream()
                .filter(member -> !member.userId().equals(leaving))
                .toList();
        boolean isOwned = members.stream().anyMatch(member -> member.role() == Role.OWNER);
        return isOwned
                ? Optional.empty()
                : members.stream().min(Comparator.comparing(Member::role)).map(Member::userId);
    }

    /** Forgets what was known even where the outcome is not known. */
    private void removeNow(String conversationId, String userId) {
        try {
            store.removeMember(conversationId, userId);
        } finally {
            changed(conversationId, List.of(userId));
            readership.forget(conversationId, List.of(userId));
            acquaintances.invalidate();
        }
    }

    private static void tellUpdated(Conversation now, @Nullable String by, News news) {
        news.tell(memberIds(now), new ConversationUpdated(forAll(now), by));
    }

    /** False if the user is no member. */
    boolean changeRole(String conversationId, String userId, Role role, @Nullable String by, News news) {
        boolean changed = store.changeRole(conversationId, userId, role);
        changed(conversationId, List.of(userId));
        if (changed) {
            tellUpdated(existing(conversationId), by, news);
        }
        return changed;
    }

    private void changed(String conversationId, Collection<String> userIds) {
        memberships.invalidate(conversationId, userIds);
        readership.memberCache().invalidate(conversationId);
    }

    static List<String> memberIds(Conversation conversation) {
        return conversation.members().stream().map(Member::userId).toList();
    }

    private static Conversation forAll(Conversation all) {
        return all.members().size() <= MOST_LISTED ? all : brief(all);
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

package io.roomcast.chat.internal.handler;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.MemberUpdated;
import io.roomcast.chat.internal.port.AfterWrite;
import io.roomcast.chat.internal.presence.PresenceVisibility;
import io.roomcast.chat.internal.receipt.Receipts;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.session.RoomGuard;
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
import org.jspecify.annotations.Nullable;

/**
 * Creates and changes conversations, and notifies their members. Whether the caller may do so is decided elsewhere.
 *
 * <p>An event for all members of a large group does not list them, and a large number of added members is announced in
 * one event. Otherwise a group of a thousand members would cost a million entries. Blocks for the store; safe for use by
 * any thread.
 */
public final class ConversationEditor {
    /** Sends an event to some users. */
    @FunctionalInterface
    public interface EventSink {
        /** Sends the event. */
        void accept(Collection<String> userIds, ChatEvent event);
    }

    /** The maximum number of members for which an event to all members lists them. */
    private static final int MAX_MEMBERS_IN_EVENT = 50;

    /** Up to this many added members are announced one by one; for more, the others receive one update. */
    private static final int MAX_ADDED_EVENTS = 10;

    private final ConversationStore store;
    private final MembershipCache memberships;
    private final Receipts receipts;
    private final PresenceVisibility visibility;
    private final RoomGuard guard;
    private final int maxMembers;

    ConversationEditor(
            ConversationStore store,
            MembershipCache memberships,
            Receipts receipts,
            PresenceVisibility visibility,
            RoomGuard guard,
            int maxMembers) {
        this.store = store;
        this.memberships = memberships;
        this.receipts = receipts;
        this.visibility = visibility;
        this.guard = guard;
        this.maxMembers = maxMembers;
    }

    Optional<Conversation> find(String conversationId) {
        return store.conversation(conversationId);
    }

    /**
     * Returns the conversation with the given id.
     *
     * @throws ChatException {@link ErrorCode#CONVERSATION_NOT_FOUND} if there is none
     */
    public Conversation require(String conversationId) {
        return find(conversationId).orElseThrow(() -> ChatException.of(ErrorCode.CONVERSATION_NOT_FOUND));
    }

    /**
     * Creates a conversation and notifies its members. Returns the existing one without an event if the id is taken.
     *
     * @param by the user who creates it, or null for the host
     */
    public Conversation create(NewConversation requested, @Nullable String by, EventSink events) {
        Optional<Conversation> existing = find(requested.conversationId());
        return existing.isPresent() ? existing.get() : createNew(requested, by, events);
    }

    /** Sends no event if the conversation has other members, as another server has created it meanwhile. */
    private Conversation createNew(NewConversation requested, @Nullable String by, EventSink events) {
        Conversation created = store(requested);
        guard.scheduleCheck(created.conversationId());
        if (memberIds(created).equals(requested.memberIds())) {
            events.accept(memberIds(created), new ConversationUpdated(forAllMembers(created), by));
        }
        return created;
    }

    /** Invalidates the caches also if the store fails, as the outcome is then unknown. */
    private Conversation store(NewConversation requested) {
        try {
            return store.create(requested);
        } finally {
            memberships.invalidateKind(requested.conversationId());
            invalidate(requested.conversationId(), requested.memberIds());
        }
    }

    /** Changes the title, the metadata, or both, and notifies the members. */
    public Conversation update(ConversationUpdate update, @Nullable String by, EventSink events) {
        Conversation updated =
                store.update(update).orElseThrow(() -> ChatException.of(ErrorCode.CONVERSATION_NOT_FOUND));
        events.accept(memberIds(updated), new ConversationUpdated(brief(updated), by));
        return updated;
    }

    /** Adds the users who are not members yet. */
    public Conversation addMembers(
            Conversation before, Collection<String> userIds, @Nullable String by, EventSink events) {
        Set<String> added = new LinkedHashSet<>(userIds);
        added.removeAll(memberIds(before));
        if (added.isEmpty()) {
            return before;
        }
        requireCapacity(before, added.size());
        storeMembers(before.conversationId(), added);
        Conversation updated = AfterWrite.call(() -> require(before.conversationId()));
        if (added.size() <= MAX_ADDED_EVENTS) {
            added.forEach(userId -> announceAdded(updated, userId, by, events));
        } else {
            announceManyAdded(updated, added, by, events);
        }
        return updated;
    }

    private void requireCapacity(Conversation before, int added) {
        if (before.kind() == ConversationKind.DIRECT) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
        requireSize(before.members().size() + added);
    }

    /** Refuses more members than a conversation may have. */
    void requireSize(int members) {
        if (members > maxMembers) {
            throw ChatException.of(ErrorCode.MEMBER_LIMIT);
        }
    }

    private void storeMembers(String conversationId, Set<String> added) {
        try {
            store.addMembers(conversationId, added);
        } finally {
            invalidate(conversationId, added);
            receipts.forget(conversationId, added);
        }
    }

    /** Only the added user receives the list of members. */
    private static void announceAdded(Conversation updated, String userId, @Nullable String by, EventSink events) {
        List<String> others = memberIds(updated).stream()
                .filter(other -> !other.equals(userId))
                .toList();
        events.accept(List.of(userId), new MemberAdded(updated, userId, by));
        events.accept(others, new MemberAdded(brief(updated), userId, by));
    }

    private static void announceManyAdded(
            Conversation updated, Set<String> added, @Nullable String by, EventSink events) {
        Conversation brief = brief(updated);
        List<String> others = memberIds(updated).stream()
                .filter(other -> !added.contains(other))
                .toList();
        added.forEach(userId -> events.accept(List.of(userId), new MemberAdded(brief, userId, by)));
        events.accept(others, new ConversationUpdated(brief, by));
    }

    /** Ends a membership. The caller removes the user's sessions from the room. */
    public Conversation removeMember(Conversation before, String userId, @Nullable String by, EventSink events) {
        String conversationId = before.conversationId();
        boolean isOwner = isOwnedBy(before, userId);
        // Promotes first: after a crash in between, a group with two owners is better than one without.
        Optional<String> successor = isOwner ? promoteSuccessor(before, userId) : Optional.empty();
        if (successor.isPresent()) {
            AfterWrite.run(() -> deleteMember(conversationId, userId));
        } else {
            deleteMember(conversationId, userId);
        }
        if (!memberIds(before).contains(userId)) {
            return before;
        }
        events.accept(memberIds(before), new MemberRemoved(conversationId, userId, by));
        return AfterWrite.call(() -> {
            successor.ifPresent(newOwner -> announceRole(require(conversationId), newOwner, by, events));
            return isOwner ? ensureOwner(conversationId, by, events) : require(conversationId);
        });
    }

    /**
     * Makes another member the owner before the owner leaves. Returns empty if the group has another owner, or no other
     * member.
     */
    private Optional<String> promoteSuccessor(Conversation before, String leavingId) {
        String conversationId = before.conversationId();
        Optional<String> successor = successor(before, leavingId);
        while (successor.isPresent() && !storeRole(conversationId, successor.get(), Role.OWNER)) {
            successor = successor(AfterWrite.call(() -> require(conversationId)), leavingId);
        }
        return successor;
    }

    private static boolean isOwnedBy(Conversation conversation, String userId) {
        return conversation.members().stream()
                .anyMatch(
                        member -> member.role() == Role.OWNER && member.userId().equals(userId));
    }

    /** Gives a group without an owner a new one. That is the case if the promoted member left at the same time. */
    private Conversation ensureOwner(String conversationId, @Nullable String by, EventSink events) {
        Optional<String> successor = successor(require(conversationId), null);
        while (successor.isPresent() && !changeRole(conversationId, successor.get(), Role.OWNER, by, events)) {
            successor = successor(require(conversationId), null);
        }
        return require(conversationId);
    }

    /**
     * Returns the next owner of a group that has no other owner: the member with the longest membership, admins first.
     */
    private static Optional<String> successor(Conversation group, @Nullable String leavingId) {
        List<Member> members = group.members().stream()
                .filter(member -> !member.userId().equals(leavingId))
                .toList();
        boolean isOwned = members.stream().anyMatch(member -> member.role() == Role.OWNER);
        return isOwned
                ? Optional.empty()
                : members.stream().min(Comparator.comparing(Member::role)).map(Member::userId);
    }

    /** Invalidates the caches also if the store fails, as the outcome is then unknown. */
    private void deleteMember(String conversationId, String userId) {
        try {
            store.removeMember(conversationId, userId);
        } finally {
            invalidate(conversationId, List.of(userId));
            receipts.forget(conversationId, List.of(userId));
            visibility.invalidate();
        }
    }

    private static void announceUpdated(Conversation updated, @Nullable String by, EventSink events) {
        events.accept(memberIds(updated), new ConversationUpdated(forAllMembers(updated), by));
    }

    /** Gives a member a role, and notifies the members. Returns false if the user is not a member. */
    public boolean changeRole(String conversationId, String userId, Role role, @Nullable String by, EventSink events) {
        if (NewConversation.isDirect(conversationId)) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
        boolean isChanged = storeRole(conversationId, userId, role);
        if (isChanged) {
            announceRole(AfterWrite.call(() -> require(conversationId)), userId, by, events);
        }
        return isChanged;
    }

    /** Invalidates the caches also if the store fails, as the outcome is then unknown. */
    private boolean storeRole(String conversationId, String userId, Role role) {
        try {
            return store.changeRole(conversationId, userId, role);
        } finally {
            invalidate(conversationId, List.of(userId));
        }
    }

    private static void announceRole(Conversation updated, String userId, @Nullable String by, EventSink events) {
        updated.member(userId)
                .map(member -> new MemberUpdated(updated.conversationId(), member, by))
                .ifPresent(event -> events.accept(memberIds(updated), event));
        announceUpdated(updated, by, events);
    }

    private void invalidate(String conversationId, Collection<String> userIds) {
        memberships.invalidate(conversationId, userIds);
        receipts.memberCache().invalidate(conversationId);
    }

    static List<String> memberIds(Conversation conversation) {
        return conversation.members().stream().map(Member::userId).toList();
    }

    /** Returns the conversation as an event for all members shows it, without the members of a large group. */
    static Conversation forAllMembers(Conversation conversation) {
        return conversation.members().size() <= MAX_MEMBERS_IN_EVENT ? conversation : brief(conversation);
    }

    /** Returns the conversation as a list of conversations shows it, without the members of a group. */
    static Conversation brief(Conversation conversation) {
        return new Conversation(
                conversation.conversationId(),
                conversation.kind(),
                conversation.title(),
                conversation.kind() == ConversationKind.DIRECT ? conversation.members() : List.of(),
                conversation.metadata(),
                conversation.retention(),
                conversation.createdAt(),
                conversation.updatedAt(),
                conversation.position(),
                conversation.lastMessage());
    }
}

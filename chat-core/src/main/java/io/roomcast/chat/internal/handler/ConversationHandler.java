package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.NO_FIELDS;
import static io.roomcast.chat.internal.handler.CommandPlan.returning;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetConversations.Entry;
import io.roomcast.chat.command.GetMembers;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.internal.execution.ConversationLocks;
import io.roomcast.chat.internal.join.RoomEvictor;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.room.Cluster;
import io.roomcast.chat.internal.rule.FieldRules;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.ConversationStore;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads, creates and changes conversations for clients, within the rights of each user. Blocks for the store.
 *
 * <p>To a client that changes it, a conversation of other users looks like one that does not exist.
 */
final class ConversationHandler {
    private final ConversationEditor editor;
    private final ConversationLocks locks;
    private final RoomEvictor evictor;
    private final Cluster cluster;
    private final ReceiptTracker receipts;
    private final ConversationStore store;
    private final Clock clock;
    private final MessageIds ids;

    ConversationHandler(
            ConversationEditor editor,
            ConversationLocks locks,
            RoomEvictor evictor,
            Cluster cluster,
            ReceiptTracker receipts,
            ConversationStore store,
            Clock clock) {
        this.editor = editor;
        this.locks = locks;
        this.evictor = evictor;
        this.cluster = cluster;
        this.receipts = receipts;
        this.store = store;
        this.clock = clock;
        this.ids = new MessageIds(clock);
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(
                CommandPlan.concurrent(GetConversation.class, NO_FIELDS, returning(this::get)),
                CommandPlan.concurrent(GetMembers.class, rules.conversations()::membersPage, returning(this::members)),
                CommandPlan.concurrent(
                        GetConversations.class, command -> FieldRules.pageSize(command.limit()), returning(this::list)),
                CommandPlan.concurrent(
                        CreateConversation.class, rules.conversations()::create, returning(this::create)),
                CommandPlan.serial(UpdateConversation.class, rules.conversations()::update, returning(this::update)),
                CommandPlan.serial(
                        AddMembers.class,
                        command -> rules.conversations().addedMembers(command.memberIds()),
                        returning(this::addMembers)),
                CommandPlan.serial(
                        RemoveMember.class,
                        command -> rules.ids().userId(command.userId()),
                        returning(this::removeMember)));
    }

    /** Creates a conversation, or returns the user's existing one. Fails if the id belongs to another conversation. */
    CreateConversation.Created create(CreateConversation command, CommandContext context) {
        String userId = caller(context);
        NewConversation requested = requested(command, userId);
        begin(requested.conversationId(), context);
        Conversation created = editor.create(requested, userId, context::sendToUsers);
        boolean isMember = userId == null || role(created, userId).isPresent();
        if (created.kind() != requested.kind() || !isMember) {
            throw ChatException.of(ErrorCode.CONFLICT);
        }
        return new CreateConversation.Created(created);
    }

    /** Blocks until all earlier changes of the conversation have ended. The next one waits until this command has ended. */
    private void begin(String conversationId, CommandContext context) {
        context.atEnd(locks.acquire(conversationId));
    }

    private NewConversation requested(CreateConversation command, @Nullable String userId) {
        if (command.kind() == ConversationKind.OPEN && userId != null) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
        Set<String> memberIds = new LinkedHashSet<>();
        Optional.ofNullable(userId).ifPresent(memberIds::add);
        memberIds.addAll(command.memberIds());
        return command.kind() == ConversationKind.DIRECT
                ? direct(command, List.copyOf(memberIds))
                : withMembers(command, List.copyOf(memberIds));
    }

    private static NewConversation direct(CreateConversation command, List<String> pair) {
        if (pair.size() != 2) {
            throw ChatException.invalid("memberIds");
        }
        NewConversation direct = NewConversation.direct(pair.get(0), pair.get(1));
        return command.metadata() == null ? direct : direct.withMetadata(command.metadata());
    }

    private NewConversation withMembers(CreateConversation command, List<String> memberIds) {
        editor.requireSize(memberIds.size());
        String id = command.requestedId() == null ? ids.next() : command.requestedId();
        return new NewConversation(id, command.kind(), command.title(), memberIds, command.metadata(), null);
    }

    UpdateConversation.Updated update(UpdateConversation command, CommandContext context) {
        String userId = caller(context);
        begin(command.conversationId(), context);
        if (userId != null) {
            requireManager(requireGroup(command.conversationId(), userId), userId);
        }
        ConversationUpdate update =
                new ConversationUpdate(command.conversationId(), command.title(), command.metadata(), clock.instant());
        return new UpdateConversation.Updated(editor.update(update, userId, context::sendToUsers));
    }

    AddMembers.Added addMembers(AddMembers command, CommandContext context) {
        String userId = caller(context);
        begin(command.conversationId(), context);
        Conversation group = requireGroup(command.conversationId(), userId);
        requireManager(group, userId);
        return new AddMembers.Added(editor.addMembers(group, command.memberIds(), userId, context::sendToUsers));
    }

    /** Removes a member. A user who leaves receives no list of the remaining members. */
    RemoveMember.Removed removeMember(RemoveMember command, CommandContext context) {
        String userId = caller(context);
        begin(command.conversationId(), context);
        Conversation group = requireGroup(command.conversationId(), userId);
        boolean isLeaving = command.userId().equals(userId);
        if (!isLeaving) {
            requireManager(group, userId);
            requireNotOwner(group, command.userId(), userId);
        }
        Conversation updated = editor.removeMember(group, command.userId(), userId, context::sendToUsers);
        context.sendAll(evictor.evictNow(command.conversationId(), command.userId()));
        context.afterPublishing(() -> removeElsewhere(command));
        return new RemoveMember.Removed(isLeaving ? ConversationEditor.brief(updated) : updated);
    }

    /** Removes the user on the other nodes as well, without waiting for them. */
    private void removeElsewhere(RemoveMember command) {
        CompletableFuture<Void> unused = cluster.removeMember(command.conversationId(), command.userId());
    }

    /** Returns the calling user, or null for the host, which may do everything. */
    private static @Nullable String caller(CommandContext context) {
        return context.isHost() ? null : context.requireUser();
    }

    /** Returns the group if the user is a member, or any conversation for the host. */
    private Conversation requireGroup(String conversationId, @Nullable String userId) {
        if (userId == null) {
            return editor.require(conversationId);
        }
        return editor.find(conversationId)
                .filter(found -> found.kind() == ConversationKind.GROUP)
                .filter(found -> role(found, userId).isPresent())
                .orElseThrow(() -> ChatException.of(ErrorCode.FORBIDDEN));
    }

    private static void requireManager(Conversation group, @Nullable String userId) {
        boolean mayManage = userId == null
                || role(group, userId).filter(role -> role != Role.MEMBER).isPresent();
        if (!mayManage) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
    }

    /** Only the host may remove an owner. */
    private static void requireNotOwner(Conversation group, String removedId, @Nullable String userId) {
        boolean isOwner =
                role(group, removedId).filter(role -> role == Role.OWNER).isPresent();
        if (userId != null && isOwner) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
    }

    private static Optional<Role> role(Conversation conversation, String userId) {
        return conversation.members().stream()
                .filter(member -> member.userId().equals(userId))
                .map(Member::role)
                .findFirst();
    }

    /** Returns a conversation. A reader who is not a member receives no list of a group's members. */
    GetConversation.Found get(GetConversation command, CommandContext context) {
        Conversation found = editor.require(command.conversationId());
        String userId = context.userId();
        Role role = userId == null ? null : role(found, userId).orElse(null);
        boolean seesMembers = role != null || context.isHost();
        return new GetConversation.Found(seesMembers ? found : ConversationEditor.brief(found), role);
    }

    /** Returns a page of members. The order by id does not change when others join or leave meanwhile. */
    GetMembers.Listed members(GetMembers command, CommandContext context) {
        Conversation found = editor.require(command.conversationId());
        boolean isOpen = found.kind() == ConversationKind.OPEN;
        if (!isOpen && !context.isHost() && role(found, context.requireUser()).isEmpty()) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
        String after = command.afterUserId();
        List<Member> wanted = found.members().stream()
                .filter(member -> command.role() == null || member.role() == command.role())
                .filter(member -> after == null || member.userId().compareTo(after) > 0)
                .sorted(Comparator.comparing(Member::userId))
                .toList();
        int limit = ListPage.limit(command.limit(), GetMembers.DEFAULT_LIMIT, GetMembers.MAX_LIMIT);
        ListPage<Member> page = ListPage.of(wanted, limit);
        Member next = page.next();
        return new GetMembers.Listed(page.entries(), next == null ? null : next.userId());
    }

    GetConversations.Listed list(GetConversations command, CommandContext context) {
        int limit = ListPage.limit(command.limit(), GetConversations.DEFAULT_LIMIT, GetConversations.MAX_LIMIT);
        String userId = context.requireUser();
        List<Conversation> found = store.conversations(new ConversationQuery(userId, command.after(), limit + 1));
        ListPage<Conversation> page = ListPage.of(found, limit);
        Conversation next = page.next();
        return new GetConversations.Listed(entries(userId, page.entries()), next == null ? null : next.cursor());
    }

    private List<Entry> entries(String userId, List<Conversation> page) {
        Map<String, Long> readSeqs = receipts.readSeqs(
                userId, page.stream().map(Conversation::conversationId).toList());
        return page.stream()
                .map(found -> entry(found, readSeqs.getOrDefault(found.conversationId(), 0L)))
                .toList();
    }

    private static Entry entry(Conversation conversation, long readSeq) {
        long latestSeq = conversation.position().seq();
        return new Entry(conversation, readSeq, Math.max(0, latestSeq - readSeq));
    }
}

package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.returning;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.ChangeRole;
import io.roomcast.chat.command.GetMembers;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.internal.join.RoomEvictor;
import io.roomcast.chat.internal.port.AfterWrite;
import io.roomcast.chat.internal.room.OtherNodes;
import io.roomcast.chat.internal.rule.ListPage;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.MemberPermissions;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Role;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads, adds and removes members for clients, within the rights of each user. Blocks for the store. */
final class MemberHandler {
    private final ConversationAccess access;
    private final ConversationEditor editor;
    private final RoomEvictor evictor;
    private final OtherNodes others;

    MemberHandler(ConversationAccess access, ConversationEditor editor, RoomEvictor evictor, OtherNodes others) {
        this.access = access;
        this.editor = editor;
        this.evictor = evictor;
        this.others = others;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(
                CommandPlan.concurrent(GetMembers.class, rules.conversations()::membersPage, returning(this::list)),
                CommandPlan.serial(
                        AddMembers.class,
                        command -> rules.conversations().addedMembers(command.memberIds()),
                        returning(this::add)),
                CommandPlan.serial(
                        RemoveMember.class, command -> rules.ids().userId(command.userId()), returning(this::remove)),
                CommandPlan.serial(
                        ChangeRole.class,
                        command -> rules.ids().userId(command.userId()),
                        returning(this::changeRole)));
    }

    /** Returns a page of members. The order by id does not change when others join or leave meanwhile. */
    private GetMembers.Listed list(GetMembers command, CommandContext context) {
        Conversation found = editor.require(command.conversationId());
        boolean isOpen = found.kind() == ConversationKind.OPEN;
        if (!isOpen && !context.isHost() && found.member(context.requireUser()).isEmpty()) {
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

    private AddMembers.Added add(AddMembers command, CommandContext context) {
        @Nullable String userId = ConversationAccess.caller(context);
        access.begin(command.conversationId(), context);
        Conversation group = access.require(command.conversationId(), context, Permission.MEMBERS);
        return new AddMembers.Added(editor.addMembers(group, command.memberIds(), userId, context::sendToUsers));
    }

    /** Removes a member. A user who leaves receives no list of the remaining members. */
    private RemoveMember.Removed remove(RemoveMember command, CommandContext context) {
        @Nullable String userId = ConversationAccess.caller(context);
        access.begin(command.conversationId(), context);
        boolean isLeaving = command.userId().equals(userId);
        Conversation group = isLeaving ? requireOwnGroup(command) : requireLowerRank(command, context);
        Conversation updated = editor.removeMember(group, command.userId(), userId, context::sendToUsers);
        context.sendAll(evictor.evictNow(command.conversationId(), command.userId()));
        context.afterPublishing(() -> removeElsewhere(command));
        return new RemoveMember.Removed(isLeaving ? ConversationEditor.brief(updated) : updated);
    }

    private Conversation requireOwnGroup(RemoveMember command) {
        return editor.find(command.conversationId())
                .filter(found -> found.kind() == ConversationKind.GROUP)
                .filter(found -> found.member(command.userId()).isPresent())
                .orElseThrow(() -> ChatException.of(ErrorCode.FORBIDDEN));
    }

    private Conversation requireLowerRank(RemoveMember command, CommandContext context) {
        Conversation group = access.require(command.conversationId(), context, Permission.MEMBERS);
        MemberPermissions.requireRankAbove(context, group, command.userId());
        return group;
    }

    /** Changes a member's role. A change to the same role has no effect. */
    private ChangeRole.Changed changeRole(ChangeRole command, CommandContext context) {
        @Nullable String userId = ConversationAccess.caller(context);
        String conversationId = command.conversationId();
        access.begin(conversationId, context);
        Conversation group = access.require(conversationId, context, Permission.ROLES);
        requireMayGive(command, context, group);
        Member before = requireMember(group, command.userId());
        if (before.role() == command.role()) {
            return new ChangeRole.Changed(before);
        }
        editor.changeRole(conversationId, command.userId(), command.role(), userId, context::sendToUsers);
        Conversation updated = AfterWrite.call(() -> editor.require(conversationId));
        if (userId != null && before.role() == Role.OWNER && !hasOwner(updated)) {
            // The other owner stepped down at the same time, on another node.
            editor.changeRole(conversationId, command.userId(), Role.OWNER, userId, context::sendToUsers);
            throw ChatException.of(ErrorCode.CONFLICT);
        }
        context.afterPublishing(() -> changeElsewhere(command));
        return new ChangeRole.Changed(requireMember(updated, command.userId()));
    }

    /** Members of a lower role may get any up to the caller's own. Callers may lower their own, unless none else owns. */
    private static void requireMayGive(ChangeRole command, CommandContext context, Conversation group) {
        Role own = MemberPermissions.role(context, group).orElse(null);
        if (context.isHost()) {
            return;
        }
        if (own == null || command.role().outranks(own)) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
        if (!command.userId().equals(context.userId())) {
            MemberPermissions.requireRankAbove(context, group, command.userId());
        } else if (own == Role.OWNER && command.role() != own && owners(group) == 1) {
            throw ChatException.of(ErrorCode.CONFLICT);
        }
    }

    private static Member requireMember(Conversation group, String userId) {
        return group.member(userId).orElseThrow(() -> ChatException.of(ErrorCode.CONFLICT));
    }

    private static boolean hasOwner(Conversation group) {
        return owners(group) > 0;
    }

    private static long owners(Conversation group) {
        return group.members().stream()
                .filter(member -> member.role() == Role.OWNER)
                .count();
    }

    /** Has the other nodes apply the role as well, without waiting for them. */
    private void changeElsewhere(ChangeRole command) {
        CompletableFuture<Void> unused = others.changeRole(command.conversationId(), command.userId());
    }

    /** Removes the user on the other nodes as well, without waiting for them. */
    private void removeElsewhere(RemoveMember command) {
        CompletableFuture<Void> unused = others.removeMember(command.conversationId(), command.userId());
    }
}

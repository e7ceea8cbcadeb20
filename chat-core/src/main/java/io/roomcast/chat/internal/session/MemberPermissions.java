package io.roomcast.chat.internal.session;

import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Permissions;
import io.roomcast.chat.model.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what users may do by their roles. The access policy is asked before, and may refuse more. The host may do
 * everything. Safe for use by any thread.
 */
public final class MemberPermissions {
    /** What a client without a user may do, in the name of the user that it gives. */
    private static final Set<Permission> OF_ANONYMOUS =
            EnumSet.of(Permission.SEND, Permission.SEND_FILE, Permission.TYPE, Permission.SEND_EVENT);

    private final Permissions permissions;
    private final MembershipCache memberships;

    MemberPermissions(Permissions permissions, MembershipCache memberships) {
        this.permissions = permissions;
        this.memberships = memberships;
    }

    /**
     * Returns whether the caller has the permission, by the cached role. May block for the store, unless all users have
     * it.
     */
    public boolean permits(CommandContext context, String conversationId, Permission permission) {
        return context.isHost()
                || permissions.isForAll(permission)
                || ofCached(context, conversationId).contains(permission);
    }

    private Set<Permission> ofCached(CommandContext context, String conversationId) {
        Role role = Optional.ofNullable(context.userId())
                .flatMap(userId -> memberships.member(conversationId, userId))
                .map(Member::role)
                .orElse(null);
        return permissions.of(role, memberships.kind(conversationId));
    }

    /** Returns what the caller may do in a conversation that was just read. */
    public Set<Permission> of(CommandContext context, Conversation conversation) {
        if (context.isHost()) {
            return ofHost(conversation.kind());
        }
        Set<Permission> all = permissions.of(role(context, conversation).orElse(null), conversation.kind());
        if (context.userId() != null) {
            return all;
        }
        Set<Permission> anonymous = EnumSet.copyOf(OF_ANONYMOUS);
        anonymous.retainAll(all);
        return anonymous;
    }

    /** The members of a direct conversation never change, and it is never deleted. */
    private static Set<Permission> ofHost(ConversationKind kind) {
        return kind == ConversationKind.DIRECT
                ? EnumSet.complementOf(EnumSet.of(Permission.MEMBERS, Permission.ROLES, Permission.DELETE_CONVERSATION))
                : EnumSet.allOf(Permission.class);
    }

    /**
     * Requires that the caller has the permission in a conversation that was just read.
     *
     * @throws ChatException {@link ErrorCode#FORBIDDEN} if not
     */
    public void require(CommandContext context, Conversation conversation, Permission permission) {
        requireTrue(of(context, conversation).contains(permission));
    }

    /**
     * Requires that the caller's role is higher than another user's: no user acts on one of the same role.
     *
     * @throws ChatException {@link ErrorCode#FORBIDDEN} if not
     */
    public static void requireRankAbove(CommandContext context, Conversation conversation, String otherId) {
        Optional<Role> other = role(conversation, otherId);
        requireTrue(context.isHost()
                || other.isEmpty()
                || role(context, conversation)
                        .filter(own -> own.outranks(other.get()))
                        .isPresent());
    }

    private static void requireTrue(boolean condition) {
        if (!condition) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
    }

    /** Returns the caller's role, or empty for a user who is not a member. */
    public static Optional<Role> role(CommandContext context, Conversation conversation) {
        return Optional.ofNullable(context.userId()).flatMap(userId -> role(conversation, userId));
    }

    private static Optional<Role> role(Conversation conversation, String userId) {
        return conversation.member(userId).map(Member::role);
    }
}

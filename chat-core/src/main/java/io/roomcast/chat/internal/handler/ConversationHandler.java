package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.NO_FIELDS;
import static io.roomcast.chat.internal.handler.CommandPlan.returning;

import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteConversation;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.internal.receipt.ConversationList;
import io.roomcast.chat.internal.receipt.UnreadNotifier;
import io.roomcast.chat.internal.rule.FieldRules;
import io.roomcast.chat.internal.rule.ListPage;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.MemberPermissions;
import io.roomcast.chat.internal.session.Sessions;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.Role;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads, creates and changes conversations for clients, within the rights of each user. Blocks for the store. */
final class ConversationHandler {
    private final ConversationAccess access;
    private final ConversationEditor editor;
    private final ConversationDeletion deletion;
    private final MemberPermissions permissions;
    private final Authorizer authorizer;
    private final ConversationList list;
    private final UnreadNotifier unread;
    private final CommandPlan.Preparation<Object> receiving;
    private final Clock clock;
    private final MessageIds ids;

    ConversationHandler(
            ConversationAccess access,
            ConversationEditor editor,
            ConversationDeletion deletion,
            Sessions sessions,
            ConversationList list,
            UnreadNotifier unread,
            CommandPlan.Preparation<Object> receiving,
            Clock clock) {
        this.access = access;
        this.editor = editor;
        this.deletion = deletion;
        this.permissions = sessions.permissions();
        this.authorizer = sessions.authorizer();
        this.list = list;
        this.unread = unread;
        this.receiving = receiving;
        this.clock = clock;
        this.ids = new MessageIds(clock);
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(
                CommandPlan.concurrent(GetConversation.class, NO_FIELDS, this::get)
                        .preparedBy(receiving),
                CommandPlan.concurrent(
                                GetConversations.class,
                                command -> FieldRules.pageSize(command.limit()),
                                returning(this::list))
                        .preparedBy(receiving),
                CommandPlan.concurrent(
                        CreateConversation.class, rules.conversations()::create, returning(this::create)),
                CommandPlan.serial(UpdateConversation.class, rules.conversations()::update, returning(this::update)),
                CommandPlan.serial(DeleteConversation.class, NO_FIELDS, returning(this::delete)));
    }

    /** Creates a conversation, or returns the user's existing one. Fails if the id belongs to another conversation. */
    CreateConversation.Created create(CreateConversation command, CommandContext context) {
        String userId = ConversationAccess.caller(context);
        NewConversation requested = requested(command, userId);
        access.begin(requested.conversationId(), context);
        Conversation created = editor.create(requested, userId, context::sendToUsers);
        boolean isMember = userId == null || created.member(userId).isPresent();
        if (created.kind() != requested.kind() || !isMember) {
            throw ChatException.of(ErrorCode.CONFLICT);
        }
        return new CreateConversation.Created(created);
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
        String userId = ConversationAccess.caller(context);
        access.begin(command.conversationId(), context);
        if (userId != null) {
            access.require(command.conversationId(), context, Permission.MANAGE);
        }
        ConversationUpdate update =
                new ConversationUpdate(command.conversationId(), command.title(), command.metadata(), clock.instant());
        return new UpdateConversation.Updated(editor.update(update, userId, context::sendToUsers));
    }

    private DeleteConversation.Deleted delete(DeleteConversation command, CommandContext context) {
        String userId = ConversationAccess.caller(context);
        access.begin(command.conversationId(), context);
        Conversation found = access.require(command.conversationId(), context, Permission.DELETE_CONVERSATION);
        deletion.delete(found, userId, context);
        return new DeleteConversation.Deleted();
    }

    /** Returns a conversation. A reader who is not a member receives no list of a group's members. */
    private CompletionStage<GetConversation.Found> get(GetConversation command, CommandContext context) {
        Conversation found = editor.require(command.conversationId());
        Role role = MemberPermissions.role(context, found).orElse(null);
        boolean seesMembers = role != null || context.isHost();
        Conversation shown = seesMembers ? found : ConversationEditor.brief(found);
        Preferences preferences = list.preferences(context.userId(), found);
        return authorizer
                .permitted(context, found.conversationId(), permissions.of(context, found))
                .thenApply(may -> new GetConversation.Found(shown, role, List.copyOf(may), preferences));
    }

    GetConversations.Listed list(GetConversations command, CommandContext context) {
        int limit = ListPage.limit(command.limit(), GetConversations.DEFAULT_LIMIT, GetConversations.MAX_LIMIT);
        String userId = context.requireUser();
        GetConversations.Listed listed = list.page(userId, command, limit);
        unread.listed(userId, listed.entries());
        return listed;
    }
}

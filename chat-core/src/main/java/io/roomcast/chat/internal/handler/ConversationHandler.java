package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetConversations.Entry;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.room.HostSession;
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
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conversations and who belongs to them, as far as clients may change them.
 *
 * <p>To a client, a conversation that is none of its own looks like one that does not exist.
 */
public final class ConversationHandler {
    private final ConversationEditor conversations;
    private final RoomHandler rooms;
    private final ReceiptTracker receipts;
    private final ChatStore store;
    private final Clock clock;
    private final MessageIds ids;

    public ConversationHandler(
            ConversationEditor conversations,
            RoomHandler rooms,
            ReceiptTracker receipts,
            ChatStore store,
            Clock clock) {
        this.conversations = conversations;
        this.rooms = rooms;
        this.receipts = receipts;
        this.store = store;
        this.clock = clock;
        this.ids = new MessageIds(clock);
    }

    CreateConversation.Created create(CreateConversation command, CommandContext call) {
        String userId = caller(call);
        NewConversation wanted = wanted(command, userId);
        Conversation made = conversations.create(wanted, userId, call::tellUsers);
        boolean isTheirs = userId == null || role(made, userId).isPresent();
        if (made.kind() != wanted.kind() || !isTheirs) {
            throw ChatException.of(ErrorCode.CONFLICT);
        }
        return new CreateConversation.Created(made);
    }

    private NewConversation wanted(CreateConversation command, @Nullable String userId) {
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
        conversations.requireSize(memberIds.size());
        String id = command.requestedId() == null ? ids.next() : command.requestedId();
        return new NewConversation(id, command.kind(), command.title(), memberIds, command.metadata(), null);
    }

    UpdateConversation.Updated update(UpdateConversation command, CommandContext call) {
        String userId = caller(call);
        if (userId != null) {
            requireManager(group(command.conversationId(), userId), userId);
        }
        ConversationUpdate update = new ConversationUpdate(
                command.conversationId(),
                command.title(),
                command.metadata(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return new UpdateConversation.Updated(conversations.update(update, userId, call::tellUsers));
    }

    AddMembers.Added add(AddMembers command, CommandContext call) {
        String userId = caller(call);
        Conversation group = group(command.conversationId(), userId);
        requireManager(group, userId);
        return new AddMembers.Added(conversations.add(group, command.memberIds(), userId, call::tellUsers));
    }

    /** Whoever leaves learns nothing of those who stay. */
    RemoveMember.Removed remove(RemoveMember command, CommandContext call) {
        String userId = caller(call);
        Conversation group = group(command.conversationId(), userId);
        boolean isLeaving = command.userId().equals(userId);
        if (!isLeaving) {
            requireManager(group, userId);
            requireNoOwner(group, command.userId(), userId);
        }
        Conversation now = conversations.remove(group, command.userId(), userId, call::tellUsers);
        call.tell(rooms.evict(command.conversationId(), command.userId()));
        return new RemoveMember.Removed(isLeaving ? ConversationEditor.brief(now) : now);
    }

    /** Who asks; null for the host, who may do everything. */
    private static @Nullable String caller(CommandContext call) {
        return call.session() instanceof HostSession ? null : call.user();
    }

    private Conversation group(String conversationId, @Nullable String userId) {
        if (userId == null) {
            return conversations.existing(conversationId);
        }
        return conversations
                .find(conversationId)
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

    private static void requireNoOwner(Conversation group, String removedId, @Nullable String userId) {
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

    GetConversations.Listed list(GetConversations command, CommandContext call) {
        int limit = command.limit() == null
                ? GetConversations.DEFAULT_LIMIT
                : Math.min(command.limit(), GetConversations.MAX_LIMIT);
        String userId = call.user();
        List<Conversation> found = store.conversations(new ConversationQuery(userId, command.after(), limit + 1));
        boolean hasMore = found.size() > limit;
        List<Conversation> page = hasMore ? found.subList(0, limit) : found;
        return new GetConversations.Listed(
                entries(userId, page), hasMore ? page.get(limit - 1).cursor() : null);
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

package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.GetMembers;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewConversation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks new conversations, and changes to conversations and their members. */
public final class ConversationRules {
    /**
     * The prefix of ids of direct conversations, which the server derives from the two users. A client that could choose
     * such an id could occupy the conversation of two other users.
     */
    private static final String DIRECT_ID_PREFIX = "d:";

    private final Limits limits;
    private final IdRules ids;

    ConversationRules(Limits limits, IdRules ids) {
        this.limits = limits;
        this.ids = ids;
    }

    public void create(CreateConversation create) {
        if (create.requestedId() != null) {
            FieldRules.require(create.kind() != ConversationKind.DIRECT, "conversationId");
            FieldRules.require(!create.requestedId().startsWith(DIRECT_ID_PREFIX), "conversationId");
            ids.conversationId(create.requestedId());
        }
        FieldRules.require(create.kind() != ConversationKind.DIRECT || create.title() == null, "title");
        title(create.title());
        MessageRules.metadata(create.metadata());
        members(create.memberIds());
    }

    /** Checks a conversation that the host creates. Its id may be that of a direct one. */
    public void create(NewConversation conversation) {
        ids.conversationId(conversation.conversationId());
        title(conversation.title());
        MessageRules.metadata(conversation.metadata());
        members(conversation.memberIds());
    }

    /** Checks a change of the title, the metadata, or both. */
    public void update(UpdateConversation update) {
        if (update.title() == null && update.metadata() == null) {
            throw ChatException.missing("title");
        }
        title(update.title());
        MessageRules.metadata(update.metadata());
    }

    private static void title(@Nullable String title) {
        if (title != null && !NameRules.isName(title, FixedLimits.TITLE_LENGTH)) {
            throw ChatException.invalid(
                    "title", "up to " + FixedLimits.TITLE_LENGTH + " UTF-16 units, " + NameRules.NAME);
        }
    }

    /** Checks users to add, at least one. */
    public void addedMembers(List<String> userIds) {
        if (userIds.isEmpty()) {
            throw ChatException.missing("memberIds");
        }
        members(userIds);
    }

    /** Checks a request for a page of members. */
    public void membersPage(GetMembers get) {
        FieldRules.pageSize(get.limit());
        if (get.afterUserId() != null) {
            ids.userId(get.afterUserId(), "cursor");
        }
    }

    private void members(List<String> userIds) {
        if (userIds.size() > limits.members()) {
            throw ChatException.of(ErrorCode.MEMBER_LIMIT);
        }
        ids.userIds(userIds, "memberIds");
    }
}

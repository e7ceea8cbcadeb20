package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewConversation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the form of what concerns conversations, their members and their receipts; never blocks. */
public final class ConversationRules {
    private static final int TITLE_LENGTH = 255;
    private static final int METADATA_LENGTH = 4_096;

    /** What ids of direct conversations begin with: whoever chose one could take a pair's conversation away. */
    private static final String RESERVED_PREFIX = "d:";

    private final Limits limits;
    private final CommandRules ids;

    ConversationRules(Limits limits, CommandRules ids) {
        this.limits = limits;
        this.ids = ids;
    }

    /** Refuses a command that no caller could be allowed; has no objection to those of other families. */
    void validate(Command<?> command) {
        if (command instanceof CreateConversation create) {
            creation(create);
        } else if (command instanceof UpdateConversation update) {
            update(update.title(), update.metadata());
        } else if (command instanceof AddMembers add) {
            memberIds(add.memberIds());
        } else if (command instanceof RemoveMember remove) {
            userId(remove.userId());
        } else if (command instanceof GetConversations get) {
            require(get.limit() == null || get.limit() >= 1, "limit");
        } else {
            receipt(command);
        }
    }

    private void creation(CreateConversation create) {
        if (create.requestedId() != null) {
            require(create.kind() != ConversationKind.DIRECT, "conversationId");
            require(!create.requestedId().startsWith(RESERVED_PREFIX), "conversationId");
            ids.conversationId(create.requestedId());
        }
        require(create.kind() != ConversationKind.DIRECT || create.title() == null, "title");
        texts(create.title(), create.metadata());
        members(create.memberIds());
    }

    /** Refuses a conversation that could not exist. */
    public void creation(NewConversation conversation) {
        ids.conversationId(conversation.conversationId());
        texts(conversation.title(), conversation.metadata());
        members(conversation.memberIds());
    }

    /** Refuses a change that changes nothing, or makes something impossible. */
    public void update(@Nullable String title, @Nullable String metadata) {
        if (title == null && metadata == null) {
            throw ChatException.missing("title");
        }
        texts(title, metadata);
    }

    private static void texts(@Nullable String title, @Nullable String metadata) {
        if (title != null && !NameRules.isName(title, TITLE_LENGTH)) {
            throw ChatException.invalid("title", "up to " + TITLE_LENGTH + " UTF-16 units, " + NameRules.NAME);
        }
        if (metadata != null && metadata.length() > METADATA_LENGTH) {
            throw ChatException.of(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        if (metadata != null) {
            MessageRules.requireObject(metadata);
        }
    }

    /** Refuses nobody, and members that could not be. */
    public void memberIds(List<String> userIds) {
        if (userIds.isEmpty()) {
            throw ChatException.missing("memberIds");
        }
        members(userIds);
    }

    private void members(List<String> userIds) {
        if (userIds.size() > limits.members()) {
            throw ChatException.of(ErrorCode.MEMBER_LIMIT);
        }
        ids.userIds(userIds, "memberIds");
    }

    private void userId(String userId) {
        if (userId.isEmpty()) {
            throw ChatException.missing("userId");
        }
        ids.userId(userId, "userId");
    }

    private void receipt(Command<?> command) {
        if (command instanceof MarkRead read) {
            place(read.upToSeq());
        } else if (command instanceof MarkDelivered delivered) {
            delivered(delivered.items());
        }
    }

    /** A single item may come without a list, so its refusal names no index. */
    private void delivered(List<MarkDelivered.Item> items) {
        if (items.isEmpty() || items.size() > MarkDelivered.MAX_ITEMS) {
            throw ChatException.invalid("items", "1 to " + MarkDelivered.MAX_ITEMS + " items");
        }
        if (items.size() == 1) {
            item(items.get(0));
        } else {
            CommandRules.each(items, "items", this::item);
        }
    }

    private void item(MarkDelivered.Item item) {
        ids.conversationId(item.conversationId());
        place(item.upToSeq());
    }

    private static void place(long upToSeq) {
        require(CommandRules.isCount(upToSeq), "upToSeq");
    }

    private static void require(boolean holds, String field) {
        if (!holds) {
            throw ChatException.invalid(field);
        }
    }
}

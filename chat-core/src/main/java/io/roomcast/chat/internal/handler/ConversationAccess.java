package io.roomcast.chat.internal.handler;

import io.roomcast.chat.internal.execution.ConversationLocks;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.MemberPermissions;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Permission;
import org.jspecify.annotations.Nullable;

/** Begins changes of conversations, and decides who may make them. Blocks for the store and for earlier changes. */
final class ConversationAccess {
    private final ConversationEditor editor;
    private final ConversationLocks locks;
    private final MemberPermissions permissions;

    ConversationAccess(ConversationEditor editor, ConversationLocks locks, MemberPermissions permissions) {
        this.editor = editor;
        this.locks = locks;
        this.permissions = permissions;
    }

    /** Returns the calling user, or null for the host, which may do everything. */
    static @Nullable String caller(CommandContext context) {
        return context.isHost() ? null : context.requireUser();
    }

    /** Blocks until all earlier changes of the conversation have ended. The next one waits until this command has ended. */
    void begin(String conversationId, CommandContext context) {
        context.atEnd(locks.acquire(conversationId));
    }

    /**
     * Returns the conversation if the caller has the permission there. To a client, a conversation of other users looks
     * like one that does not exist.
     */
    Conversation require(String conversationId, CommandContext context, Permission permission) {
        ErrorCode missing = context.isHost() ? ErrorCode.CONVERSATION_NOT_FOUND : ErrorCode.FORBIDDEN;
        Conversation found = editor.find(conversationId).orElseThrow(() -> ChatException.of(missing));
        permissions.require(context, found, permission);
        return found;
    }
}

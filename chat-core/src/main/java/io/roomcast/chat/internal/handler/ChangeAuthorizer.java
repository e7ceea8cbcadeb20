package io.roomcast.chat.internal.handler;

import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.MemberPermissions;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.spi.MessageStore;
import java.time.Clock;
import java.time.Duration;

/**
 * Decides who may change a message. Authors may edit and delete theirs for a limited time. Who has {@link
 * Permission#DELETE_ANY} may delete any, and the host may do both at any time. Blocks for the store.
 */
final class ChangeAuthorizer {
    private final MessageStore store;
    private final MemberPermissions permissions;
    private final Limits limits;
    private final Clock clock;

    ChangeAuthorizer(MessageStore store, MemberPermissions permissions, Limits limits, Clock clock) {
        this.store = store;
        this.permissions = permissions;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Returns the user to record for a change: the caller, or the system for the host.
     *
     * @throws ChatException {@link ErrorCode#UNAUTHENTICATED} for an anonymous caller
     */
    static String author(CommandContext context) {
        return context.isHost() ? NewMessage.SYSTEM_SENDER : context.requireUser();
    }

    /** Returns the message if the caller may edit it. A moderator may not, unless it is the moderator's own. */
    Message requireEditable(String conversationId, String messageId, CommandContext context) {
        Message message = find(conversationId, messageId);
        if (message.isDeleted()) {
            throw ChatException.of(ErrorCode.MESSAGE_NOT_FOUND);
        }
        if (!context.isHost()) {
            require(isAuthor(message, context), ErrorCode.FORBIDDEN);
            require(isWithin(limits.editWindow(), message), ErrorCode.EDIT_WINDOW_CLOSED);
        }
        return message;
    }

    /** Returns the message if the caller may delete it. The time limit does not apply to an already deleted one. */
    Message requireDeletable(String conversationId, String messageId, CommandContext context) {
        Message message = find(conversationId, messageId);
        if (context.isHost()) {
            return message;
        }
        boolean isOwn =
                isAuthor(message, context) && permissions.permits(context, conversationId, Permission.DELETE_OWN);
        boolean isInTime = message.isDeleted() || isWithin(limits.deleteWindow(), message);
        if (!(isOwn && isInTime) && !permissions.permits(context, conversationId, Permission.DELETE_ANY)) {
            throw ChatException.of(isOwn ? ErrorCode.DELETE_WINDOW_CLOSED : ErrorCode.FORBIDDEN);
        }
        return message;
    }

    private Message find(String conversationId, String messageId) {
        return store.message(conversationId, messageId)
                .orElseThrow(() -> ChatException.of(ErrorCode.MESSAGE_NOT_FOUND));
    }

    /** A message of a type that clients cannot send belongs to no user, whatever the user's id. */
    private static boolean isAuthor(Message message, CommandContext context) {
        return message.type().fromClients() && message.senderId().equals(author(context));
    }

    private boolean isWithin(Duration window, Message message) {
        return !clock.instant().isAfter(message.createdAt().plus(window));
    }

    private static void require(boolean condition, ErrorCode code) {
        if (!condition) {
            throw ChatException.of(code);
        }
    }
}

package io.roomcast.chat.internal.handler;

import io.roomcast.chat.internal.room.HostSession;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.MessageStore;
import java.time.Clock;
import java.time.Duration;

/** Decides who may change which message: authors for a while, moderators of the conversation, the host always. */
public final class ChangeAuthorizer {
    private final MessageStore store;
    private final MembershipCache memberships;
    private final Limits limits;
    private final Clock clock;

    public ChangeAuthorizer(MessageStore store, MembershipCache memberships, Limits limits, Clock clock) {
        this.store = store;
        this.memberships = memberships;
        this.limits = limits;
        this.clock = clock;
    }

    /** In whose name something is changed; nobody in particular changes nothing, and the host is the system. */
    static String author(CommandContext call) {
        if (isHost(call)) {
            return NewMessage.SYSTEM_SENDER;
        }
        if (call.userId() == null) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return call.userId();
    }

    private static boolean isHost(CommandContext call) {
        return call.session() instanceof HostSession;
    }

    /** The message, if the caller may give it other words; a moderator may not. */
    Message toEdit(String conversationId, String messageId, CommandContext call) {
        Message message = find(conversationId, messageId);
        if (message.isDeleted()) {
            throw ChatException.of(ErrorCode.MESSAGE_NOT_FOUND);
        }
        if (!isHost(call)) {
            require(isAuthor(message, call), ErrorCode.FORBIDDEN);
            require(isWithin(limits.editWindow(), message), ErrorCode.EDIT_WINDOW_CLOSED);
        }
        return message;
    }

    /** The message, if the caller may take it back; one that is deleted already has no window. */
    Message toDelete(String conversationId, String messageId, CommandContext call) {
        Message message = find(conversationId, messageId);
        if (isHost(call)) {
            return message;
        }
        boolean isAuthor = isAuthor(message, call);
        boolean isInTime = message.isDeleted() || isWithin(limits.deleteWindow(), message);
        if (!(isAuthor && isInTime) && !isModerator(conversationId, call)) {
            throw ChatException.of(isAuthor ? ErrorCode.DELETE_WINDOW_CLOSED : ErrorCode.FORBIDDEN);
        }
        return message;
    }

    private Message find(String conversationId, String messageId) {
        return store.message(conversationId, messageId)
                .orElseThrow(() -> ChatException.of(ErrorCode.MESSAGE_NOT_FOUND));
    }

    /** What users cannot send is not theirs, whatever they are called. */
    private static boolean isAuthor(Message message, CommandContext call) {
        return message.type().fromClients() && message.senderId().equals(author(call));
    }

    private boolean isModerator(String conversationId, CommandContext call) {
        return memberships
                .member(conversationId, author(call))
                .map(Member::role)
                .filter(role -> role != Role.MEMBER)
                .isPresent();
    }

    private boolean isWithin(Duration window, Message message) {
        return !clock.instant().isAfter(message.createdAt().plus(window));
    }

    private static void require(boolean holds, ErrorCode code) {
        if (!holds) {
            throw ChatException.of(code);
        }
    }
}

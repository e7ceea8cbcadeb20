package io.roomcast.chat.internal;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;

/** Conversations and who belongs to them. */
@SuppressWarnings("DoNotCallSuggester")
final class ConversationHandler {
    AddMembers.Added add(AddMembers command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    CreateConversation.Created create(CreateConversation command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    GetConversations.Listed list(GetConversations command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    RemoveMember.Removed remove(RemoveMember command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }

    UpdateConversation.Updated update(UpdateConversation command, Call call) {
        throw ChatException.of(ErrorCode.NOT_SUPPORTED);
    }
}

package io.roomcast.chat.command;

import io.roomcast.chat.model.Action;
import java.util.Optional;

/**
 * A command that concerns the user or several conversations, instead of one conversation.
 *
 * @param <R> the result of a success
 */
public sealed interface UserCommand<R> extends Command<R>
        permits CancelUpload,
                CreateConversation,
                FinishUpload,
                GetConversations,
                GetFile,
                GetMentions,
                GetPresence,
                GetUnread,
                GetUpload,
                HandleEvent,
                GetUsers,
                JoinRooms,
                MarkDelivered,
                RefreshToken,
                RegisterDevice,
                ReportUpload,
                SetPresence,
                SetPrivacy,
                SubscribePresence,
                UnregisterDevice,
                UnsubscribePresence {
    @Override
    default String conversationId() {
        return "";
    }

    @Override
    default Optional<Action> action() {
        return Optional.empty();
    }
}

package io.roomcast.chat.command;

import io.roomcast.chat.model.Action;
import java.util.Optional;

/**
 * A request that concerns the user, or several conversations.
 *
 * @param <R> the reply of a successful command
 */
public sealed interface UserCommand<R> extends Command<R>
        permits CreateConversation,
                GetConversations,
                GetPresence,
                JoinRooms,
                MarkDelivered,
                RefreshToken,
                SetPresence,
                SubscribePresence,
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

package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Permission;
import java.util.Optional;

/**
 * Removes a reaction of the user from a message. Succeeds also if there is no such reaction.
 *
 * @param conversationId the conversation
 * @param messageId the message's id
 * @param key the reaction, such as an emoji
 */
public record RemoveReaction(String conversationId, String messageId, String key)
        implements Command<RemoveReaction.Removed> {
    /** Rejects null. */
    public RemoveReaction {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
        requireNonNull(key, "key");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.REACT);
    }

    @Override
    public Optional<Permission> permission() {
        return Optional.of(Permission.REACT);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /**
     * The message does not have the reaction.
     *
     * @param message the message after the change
     */
    public record Removed(Message message) {
        /** Rejects null. */
        public Removed {
            requireNonNull(message, "message");
        }
    }
}

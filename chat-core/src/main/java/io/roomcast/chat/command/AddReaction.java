package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Permission;
import java.util.Optional;

/**
 * Adds a reaction of the user to a message. Adding the same reaction again has no effect.
 *
 * @param conversationId the conversation
 * @param messageId the message's id
 * @param key the reaction, such as an emoji
 */
public record AddReaction(String conversationId, String messageId, String key) implements Command<AddReaction.Reacted> {
    /** Rejects null. */
    public AddReaction {
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
     * The message has the reaction.
     *
     * @param message the message after the change
     */
    public record Reacted(Message message) {
        /** Rejects null. */
        public Reacted {
            requireNonNull(message, "message");
        }
    }
}

package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Store a message and tell the room.
 *
 * @param conversationId where to
 * @param senderId who the payload says it is from; null where the principal says it
 * @param type what the content is
 * @param content the words; null is absent
 * @param attachment the file it points at, or null
 * @param clientMessageId the idempotency key, or null; a repeat answers the stored message
 * @param replyTo the id of the message that it answers, or null
 * @param mentions the users it names
 * @param metadata a JSON object as text, or null
 */
public record SendMessage(
        String conversationId,
        @Nullable String senderId,
        MessageType type,
        @Nullable String content,
        @Nullable Attachment attachment,
        @Nullable String clientMessageId,
        @Nullable String replyTo,
        List<String> mentions,
        @Nullable String metadata)
        implements Command<SendMessage.Sent> {
    /** Copies the mentions. */
    public SendMessage {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(type, "type");
        mentions = Checks.list(mentions, "mentions");
    }

    /** Words, and a file or null, without anything else. */
    public static SendMessage of(
            String conversationId,
            @Nullable String senderId,
            MessageType type,
            @Nullable String content,
            @Nullable Attachment attachment,
            @Nullable String clientMessageId) {
        return new SendMessage(
                conversationId, senderId, type, content, attachment, clientMessageId, null, List.of(), null);
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.SEND);
    }

    @Override
    public <C> CompletionStage<Sent> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    @Override
    public Optional<Claim> claim() {
        return Optional.of(new Claim("senderId", senderId));
    }

    /**
     * The message is stored.
     *
     * @param message the message as stored
     * @param duplicate whether it was stored before, by the same sender under the same key; then nobody is told again
     */
    public record Sent(Message message, boolean duplicate) {
        /** Checks that nothing required is null. */
        public Sent {
            requireNonNull(message, "message");
        }
    }
}

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
 * Stores a message and sends it to the room.
 *
 * @param conversationId the conversation
 * @param senderId the sender that the payload names; null to use the session's user
 * @param type the type of the content
 * @param content the text; null counts as empty
 * @param attachment the attached file, or null
 * @param clientMessageId the idempotency key, or null; a repetition returns the stored message
 * @param replyTo the id of the message that this one answers, or null
 * @param mentions the ids of the mentioned users; at most {@value io.roomcast.chat.model.FixedLimits#MENTIONS}
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

    /** Creates a message with a text and an optional attachment. */
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
    public <C> CompletionStage<Sent> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
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
     * Confirms that the message is stored.
     *
     * @param message the stored message
     * @param duplicate whether it had been stored before, by the same sender under the same key; then it is not
     *     broadcast again
     */
    public record Sent(Message message, boolean duplicate) {
        /** Checks that nothing required is null. */
        public Sent {
            requireNonNull(message, "message");
        }
    }
}

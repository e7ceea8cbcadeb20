package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Creates a conversation that the caller is a member of. Two users have at most one direct conversation; a repeated
 * request returns it.
 *
 * @param requestedId the id, or null to let the server create one; always null for a direct conversation
 * @param kind direct or group
 * @param title the title of a group, or null
 * @param memberIds the other members; may include the caller
 * @param metadata a JSON object as text, or null
 */
public record CreateConversation(
        @Nullable String requestedId,
        ConversationKind kind,
        @Nullable String title,
        List<String> memberIds,
        @Nullable String metadata)
        implements UserCommand<CreateConversation.Created> {
    /** Copies the lists. */
    public CreateConversation {
        requireNonNull(kind, "kind");
        memberIds = Checks.list(memberIds, "memberIds");
    }

    @Override
    public int weight() {
        return Math.max(1, memberIds.size());
    }

    @Override
    public <C> CompletionStage<Created> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * Confirms that the conversation exists.
     *
     * @param conversation the conversation
     */
    public record Created(Conversation conversation) {
        /** Checks that nothing required is null. */
        public Created {
            requireNonNull(conversation, "conversation");
        }
    }
}

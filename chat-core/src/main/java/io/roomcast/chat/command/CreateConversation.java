package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Make a conversation, of which the user is a member; two users have one direct conversation for ever.
 *
 * @param requestedId its id, or null for one that the server makes; never given for a direct one
 * @param kind how it chooses its members
 * @param title the name to show, or null
 * @param memberIds the other members, with or without the user
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
    public <C> CompletionStage<Created> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * There is such a conversation.
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

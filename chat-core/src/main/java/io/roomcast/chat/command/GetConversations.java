package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Ask for the conversations that the user is a member of, the most lively first.
 *
 * @param after the last one of the page before, or null for the first page
 * @param limit how many at the most, or null for the default
 */
public record GetConversations(
        ConversationQuery.@Nullable Cursor after, @Nullable Integer limit)
        implements UserCommand<GetConversations.Listed> {
    /** The conversations of a page where the client does not say how many: {@value}. */
    public static final int DEFAULT_LIMIT = 50;

    /** The conversations of a page at the most, whatever the client says: {@value}. */
    public static final int MAX_LIMIT = 100;

    @Override
    public <C> CompletionStage<Listed> accept(CommandHandler<C> handler, C call) {
        return handler.handle(this, call);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * A page of conversations.
     *
     * @param entries the conversations
     * @param next where the next page begins, or null if this is the last
     */
    public record Listed(List<Entry> entries, ConversationQuery.@Nullable Cursor next) {
        /** Copies the lists. */
        public Listed {
            entries = Checks.list(entries, "entries");
        }
    }

    /**
     * A conversation as its user sees it.
     *
     * @param conversation the conversation, without the members of a group
     * @param readSeq how far the user has read
     * @param unread how many messages are left
     */
    public record Entry(Conversation conversation, long readSeq, long unread) {
        /** Checks that nothing required is null. */
        public Entry {
            requireNonNull(conversation, "conversation");
        }
    }
}

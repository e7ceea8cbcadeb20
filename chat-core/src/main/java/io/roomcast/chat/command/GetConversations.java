package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationQuery;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of the conversations that the user is a member of, those with the newest messages first.
 *
 * @param after the cursor of the previous page, or null for the first page
 * @param limit the maximum number of conversations, or null for {@value #DEFAULT_LIMIT}
 */
public record GetConversations(
        ConversationQuery.@Nullable Cursor after, @Nullable Integer limit)
        implements UserCommand<GetConversations.Listed> {
    /** The size of a page if the client names none: {@value}. */
    public static final int DEFAULT_LIMIT = 50;

    /** The maximum size of a page: {@value}. A larger limit counts as this one. */
    public static final int MAX_LIMIT = 100;

    @Override
    public <C> CompletionStage<Listed> accept(CommandHandler<C> handler, C context) {
        return handler.handle(this, context);
    }

    @Override
    public <T> T accept(CommandVisitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * A page of conversations.
     *
     * @param entries the conversations
     * @param next the cursor of the next page, or null if this is the last
     */
    public record Listed(List<Entry> entries, ConversationQuery.@Nullable Cursor next) {
        /** Copies the lists. */
        public Listed {
            entries = Checks.list(entries, "entries");
        }
    }

    /**
     * A conversation in the list of one user.
     *
     * @param conversation the conversation, without the members of a group
     * @param readSeq the highest sequence number that the user has read
     * @param unread the number of unread messages
     */
    public record Entry(Conversation conversation, long readSeq, long unread) {
        /** Checks that nothing required is null. */
        public Entry {
            requireNonNull(conversation, "conversation");
        }
    }
}

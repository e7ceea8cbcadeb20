package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationFilter;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.Preferences;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of the user's conversations, the most recently active first.
 *
 * @param after the cursor of the last conversation of the previous page, or null for the first page
 * @param limit the maximum number of conversations, or null for {@value #DEFAULT_LIMIT}; at most {@value #MAX_LIMIT}
 * @param filter which conversations the page has, or null for all; a page of unread ones may have fewer than the limit,
 *     although another page follows
 */
public record GetConversations(
        ConversationQuery.@Nullable Cursor after,
        @Nullable Integer limit,
        @Nullable ConversationFilter filter) implements UserCommand<GetConversations.Listed> {
    /** The number of conversations on a page if the client names no limit: {@value}. */
    public static final int DEFAULT_LIMIT = 50;

    /** The maximum number of conversations on a page: {@value}. A higher limit is reduced to it. */
    public static final int MAX_LIMIT = 100;

    /** Reads the first page. */
    public static GetConversations first() {
        return new GetConversations(null, null, null);
    }

    /** Reads the page after a cursor. */
    public static GetConversations after(ConversationQuery.Cursor cursor) {
        return new GetConversations(requireNonNull(cursor, "cursor"), null, null);
    }

    /** Returns a copy with a maximum number of conversations, at least 1. */
    public GetConversations withLimit(int limit) {
        return new GetConversations(after, limit, filter);
    }

    /** Returns a copy that reads only some of the conversations. */
    public GetConversations withFilter(ConversationFilter filter) {
        return new GetConversations(after, limit, requireNonNull(filter, "filter"));
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /**
     * A page of conversations.
     *
     * @param entries the conversations
     * @param next the cursor for the next page, or null if this page is the last
     */
    public record Listed(List<Entry> entries, ConversationQuery.@Nullable Cursor next) {
        /** Copies the list. */
        public Listed {
            entries = Checks.list(entries, "entries");
        }
    }

    /**
     * A conversation with the state of the user in it.
     *
     * @param conversation the conversation, without the members of a group
     * @param readSeq the highest sequence number that the user has read
     * @param unread the number of unread messages
     * @param unreadMentions the number of those that mention the user or all members
     * @param preferences what the user prefers there
     */
    public record Entry(
            Conversation conversation, long readSeq, long unread, long unreadMentions, Preferences preferences) {
        /** Rejects null. */
        public Entry {
            requireNonNull(conversation, "conversation");
            requireNonNull(preferences, "preferences");
        }

        /** Returns a copy with another number of mentions. */
        public Entry withMentions(long mentions) {
            return new Entry(conversation, readSeq, unread, mentions, preferences);
        }
    }
}

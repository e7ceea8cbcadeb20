package io.roomcast.chat.command;

import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.MentionQuery;
import io.roomcast.chat.model.Message;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of the messages that mention the user or all members, the newest first. It has only messages that the user
 * may read now, and no deleted ones.
 *
 * @param after the cursor of the last message of the previous page, or null for the first page
 * @param limit the maximum number of messages, or null for {@value #DEFAULT_LIMIT}; at most {@value #MAX_LIMIT}
 */
public record GetMentions(
        MentionQuery.@Nullable Cursor after, @Nullable Integer limit) implements UserCommand<GetMentions.Listed> {
    /** The number of messages on a page if the client names no limit: {@value}. */
    public static final int DEFAULT_LIMIT = 50;

    /** The maximum number of messages on a page: {@value}. A higher limit is reduced to it. */
    public static final int MAX_LIMIT = 100;

    /** Reads the first page. */
    public static GetMentions first() {
        return new GetMentions(null, null);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /**
     * A page of messages. It may have fewer than the limit although another page follows.
     *
     * @param messages the messages
     * @param next the cursor for the next page, or null if this page is the last
     */
    public record Listed(List<Message> messages, MentionQuery.@Nullable Cursor next) {
        /** Copies the list. */
        public Listed {
            messages = Checks.list(messages, "messages");
        }
    }
}

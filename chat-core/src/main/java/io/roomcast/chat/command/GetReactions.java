package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Reaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of the reactions to a message, by key and then by user. Fails with {@link ErrorCode#MESSAGE_NOT_FOUND} if
 * the conversation does not have the message.
 *
 * @param conversationId the conversation
 * @param messageId the message
 * @param key the key that the reactions have, or null for all keys
 * @param after the last reaction of the previous page, or null for the first page
 * @param limit the maximum number of reactions, or null for {@value #DEFAULT_LIMIT}
 */
public record GetReactions(
        String conversationId,
        String messageId,
        @Nullable String key,
        @Nullable Reaction after,
        @Nullable Integer limit)
        implements ReadCommand<GetReactions.Listed> {
    /** The number of reactions on a page unless the request names another: {@value}. */
    public static final int DEFAULT_LIMIT = 50;

    /** The maximum number of reactions on a page: {@value}. A higher limit is reduced to it. */
    public static final int MAX_LIMIT = 100;

    /** Rejects a missing conversation or message. */
    public GetReactions {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(messageId, "messageId");
    }

    /** Reads the first page of all reactions. */
    public static GetReactions of(String conversationId, String messageId) {
        return new GetReactions(conversationId, messageId, null, null, null);
    }

    /**
     * A page of reactions.
     *
     * @param reactions the reactions
     * @param next the last reaction, for the next page; null on the last page
     */
    public record Listed(List<Reaction> reactions, @Nullable Reaction next) {
        /** Copies the list. */
        public Listed {
            reactions = List.copyOf(requireNonNull(reactions, "reactions"));
        }
    }
}

package io.roomcast.chat.spi;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.MentionCountQuery;
import io.roomcast.chat.model.MentionQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.Position;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The part of a {@link ChatStore} that stores messages and their changes. */
public interface MessageStore {
    /**
     * Appends messages, each to its own conversation, in the order of the list.
     *
     * <p>The sequence numbers of a conversation are 1, 2, 3, … without gaps. A message becomes visible only after its
     * predecessor. No node assigns a number again, even after its message was removed. An unknown conversation is
     * created with its first message.
     *
     * <p>A draft with {@link MessageDraft#ifLatestSeq()} is stored only as the very next message, whichever node appends
     * others at the same time. It fails with {@link io.roomcast.chat.model.ChatException#notNext} otherwise.
     *
     * <p>A message whose {@link MessageDraft#expiresAt()} is past is returned by no method. Its number is not assigned
     * again. The store removes it later.
     *
     * <p>A draft is not stored if a stored message has the same conversation, sender and key. After a message was
     * trimmed, its key can be used again; after it has expired, some time later.
     *
     * @param drafts the messages, at least one
     * @return one result for each draft, in the same order; the failure of one draft does not fail the others
     */
    List<AppendResult> append(List<MessageDraft> drafts);

    /**
     * Returns the messages that match the query in ascending order of {@code seq}. Empty for an unknown conversation.
     */
    List<Message> history(HistoryQuery query);

    /** Returns the message with the given id, if the conversation has it. */
    Optional<Message> message(String conversationId, String messageId);

    /**
     * Returns a page of the messages in all conversations that {@linkplain Message#mentions mention} a user. Those that
     * mention all members are included only from conversations of which the user is a member now.
     */
    List<Message> mentions(MentionQuery query);

    /**
     * Counts messages that {@linkplain Message#mentions mention} users. Called when such a message was stored, and for
     * lists of conversations, so an index should serve it.
     *
     * @return one number for each query, in the same order
     */
    List<Long> countMentions(List<MentionCountQuery> queries);

    /**
     * Changes a message and assigns the next version of the conversation.
     *
     * <p>The versions of a conversation are 1, 2, 3, … without gaps. A reader that sees a version also sees the message
     * with this change.
     *
     * <p>A conversation has at most {@value io.roomcast.chat.model.FixedLimits#PINS} pinned messages.
     *
     * @throws io.roomcast.chat.model.ChatException {@link io.roomcast.chat.model.ErrorCode#MESSAGE_NOT_FOUND}, {@link
     *     io.roomcast.chat.model.ErrorCode#PIN_LIMIT}, or a failure of {@link Change#applyTo}
     */
    ChangeResult change(Change change);

    /** Returns the pinned messages of a conversation, in no particular order. Empty for an unknown conversation. */
    List<Message> pins(String conversationId);

    /** Returns the position of a conversation, or {@link Position#START} for an unknown one. */
    Position position(String conversationId);

    /**
     * Returns the positions of several conversations, as {@link #position} does. This implementation reads them one by
     * one.
     *
     * @param conversationIds the ids without repeats
     */
    default Map<String, Position> positions(Collection<String> conversationIds) {
        return conversationIds.stream().collect(Collectors.toMap(Function.identity(), this::position));
    }

    /**
     * Returns the events of each conversation after a position.
     *
     * @param queries at least one, each for another conversation
     * @return one page for each query, in the same order
     */
    List<CatchUp> catchUp(List<CatchUpQuery> queries);

    /**
     * Deletes the oldest messages of a conversation, up to and including a sequence number. Numbering continues as if
     * they still existed.
     */
    void trim(String conversationId, long upToSeq);

    /**
     * Notifies this store that another node has stored a message, so that the next append need not search for the head.
     * It is a hint: a store may ignore it, and this implementation does. Called on any thread; must not block.
     *
     * @param seq the sequence number of the message, at least 1
     */
    default void noteHead(String conversationId, long seq) {}
}

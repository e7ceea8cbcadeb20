package io.roomcast.chat.spi;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.Change;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.Position;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The part of a {@link ChatStore} that keeps messages, and what was changed of them. */
public interface MessageStore {
    /**
     * Appends messages, each to its own conversation, in the order of the list.
     *
     * <p>Sequence numbers are dense from 1 on, and a message becomes visible only after its predecessor. A number is
     * never given twice, whatever becomes of the message that had it and whichever node gives the next. A draft whose
     * conversation, sender and key are those of a stored message is not stored again; the
     * key of a message that was trimmed is free, and that of one that has expired is free sooner or later. An unknown
     * conversation comes into being with its first message.
     *
     * @param drafts the messages, at least one
     * @return one result for each draft, in the same order; a draft's failure does not fail the others
     */
    List<AppendResult> append(List<MessageDraft> drafts);

    /** The messages that the query asks for, ascending by seq; none for an unknown conversation. */
    List<Message> history(HistoryQuery query);

    /** The message with the given id, if the conversation has it. */
    Optional<Message> message(String conversationId, String messageId);

    /**
     * Changes a message and takes the next place in the conversation's change log.
     *
     * <p>Versions are dense from 1 on. Whoever reads a version afterwards, reads messages in which that change is done.
     *
     * @throws io.roomcast.chat.model.ChatException {@link io.roomcast.chat.model.ErrorCode#MESSAGE_NOT_FOUND}, or what
     *     {@link Change#applyTo} throws
     */
    ChangeResult change(Change change);

    /** How far a conversation has come; {@link Position#START} for an unknown one. */
    Position position(String conversationId);

    /**
     * How far each of some conversations has come, as {@link #position} says it.
     *
     * <p>Asks one after the other unless a store knows better.
     *
     * @param conversationIds without repeats
     */
    default Map<String, Position> positions(Collection<String> conversationIds) {
        return conversationIds.stream().collect(Collectors.toMap(Function.identity(), this::position));
    }

    /**
     * What happened in each conversation after a position of it.
     *
     * @param queries at least one, each of another conversation
     * @return one answer for each query, in the same order
     */
    List<CatchUp> catchUp(List<CatchUpQuery> queries);

    /** Forgets the oldest messages of a conversation, up to a place and with it; places go on as if they were there. */
    void trim(String conversationId, long upToSeq);
}

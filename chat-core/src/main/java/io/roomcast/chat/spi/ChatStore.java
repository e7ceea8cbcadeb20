package io.roomcast.chat.spi;

import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The durable state: messages in one gap-free order for each conversation, and who belongs to it.
 *
 * <p>Every method may block and is called by any worker thread, never by a network thread. The caller serialises the
 * appends of one conversation on one node; several nodes may share one store, so an implementation must not rely on it
 * for correctness. A failure is a {@link io.roomcast.chat.model.ChatException} with
 * {@link io.roomcast.chat.model.ErrorCode#STORAGE_UNAVAILABLE}.
 */
public interface ChatStore extends AutoCloseable {
    /** A store in this process's memory, empty at first and gone with it. */
    static ChatStore inMemory() {
        return new InMemoryChatStore(Clock.systemUTC());
    }

    /** The id of the store's life: made with its data, and as old as they are. */
    String epoch();

    /**
     * Appends messages, each to its own conversation, in the order of the list.
     *
     * <p>Places are dense from 1 on, and a message becomes visible only after its predecessor. A draft whose
     * conversation, sender and key are those of a stored message is not stored again. An unknown conversation comes
     * into being with its first message.
     *
     * @param drafts the messages, at least one
     * @return one result for each draft, in the same order; a draft's failure does not fail the others
     */
    List<AppendResult> append(List<MessageDraft> drafts);

    /** The messages that the query asks for, ascending by seq; none for an unknown conversation. */
    List<Message> history(HistoryQuery query);

    /** How far a conversation has come; {@link Position#START} for an unknown one. */
    Position position(String conversationId);

    /** The conversation with the given id, if it was created or has messages. */
    Optional<Conversation> conversation(String conversationId);

    /**
     * Makes a conversation, or answers the one that has its id already, unchanged.
     *
     * @param conversation what to make
     */
    Conversation create(NewConversation conversation);

    /** Adds users to a conversation as ordinary members; those who are members already stay as they are. */
    void addMembers(String conversationId, Set<String> userIds);

    /** Ends a user's membership; does nothing if there is none. */
    void removeMember(String conversationId, String userId);

    /** Whether the user is a member of the conversation now. */
    boolean isMember(String conversationId, String userId);

    /**
     * Whether the store can be reached now.
     *
     * @throws io.roomcast.chat.model.ChatException if it cannot
     */
    void ping();

    /** Frees what the store itself opened; a second call does nothing. */
    @Override
    void close();
}

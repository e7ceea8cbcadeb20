package io.roomcast.chat.spi;

import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.Position;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The part of a {@link ChatStore} that stores up to which position each follower has handled each conversation. */
public interface FollowerStore {
    /** Returns a follower's states in the given conversations. Conversations without a state are missing. */
    List<FollowerState> followerStates(String follower, Collection<String> conversationIds);

    /**
     * Stores a follower's state in a conversation in one step, if the stored one is as expected. Of several servers that
     * replace the same state, one succeeds.
     *
     * @param before the expected state, or null for none
     * @param after the new state, of the same follower and conversation; times in whole milliseconds
     * @return false if another state is stored; then nothing is changed
     */
    boolean saveFollowerState(@Nullable FollowerState before, FollowerState after);

    /**
     * Returns those of a follower's states that are due at the given time, the earliest first. Called several times a
     * minute, so an index should serve it.
     *
     * @param limit the maximum number of states, at least 1
     */
    List<FollowerState> dueFollowerStates(String follower, Instant now, int limit);

    /**
     * Passes on the ids of the conversations in which a message or a change was stored since a time, in any order. An id
     * may be repeated, and may be that of a conversation without such an event.
     *
     * <p>The time of a message is {@link io.roomcast.chat.model.MessageDraft#createdAt}. Ids of messages that the chat
     * creates sort by this time. The time of a change is that of its storage. Called every minute for the last two minutes, and
     * for more after an outage, so an index should serve it.
     *
     * @param action is called on the calling thread; the time that it takes does not count as the store's
     */
    void activeConversations(Instant since, Consumer<String> action);

    /**
     * Returns the position that a conversation had at a time: the numbers of the newest message that was created, and of
     * the newest change that was made, before this time. Called once for each follower and conversation.
     */
    Position positionAt(String conversationId, Instant time);
}

package io.roomcast.chat.spi;

import io.roomcast.chat.model.Call;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The part of a {@link ChatStore} that stores the calls of conversations, one in each. */
public interface CallStore {
    /**
     * Stores a new call, unless the conversation has one. Of several
     * servers that start a call in one conversation, one succeeds.
     *
     * @param call a call of revision 1
     * @param dueAt when the call must be looked at again
     * @return the call that the conversation has now
     */
    Call start(Call call, Instant dueAt);

    /** Returns a call, also one that has ended until it is replaceable; empty if there is none. */
    Optional<Call> find(String callId);

    /** Returns the calls of the given conversations that have not ended. */
    List<Call> in(Collection<String> conversationIds);

    /**
     * Returns the calls that have not ended in which one of the users rings or takes part. Called for users who connect, so
     * an index should serve it.
     */
    List<Call> of(Collection<String> userIds);

    /**
     * Replaces a call in one step, if the stored one has the revision before. A {@linkplain Call#isReplaceable replaceable}
     * call is removed.
     *
     * @param call the call with its new revision
     * @param dueAt when the call must be looked at again; ignored for a replaceable call
     * @return false if another revision is stored, or another call; then nothing is changed
     */
    boolean update(Call call, Instant dueAt);

    /**
     * Returns calls that must be looked at, the earliest first. Called several times a minute, so an index should serve it.
     *
     * @param limit the maximum number of calls, at least 1
     */
    List<Call> due(Instant now, int limit);
}

package io.roomcast.chat.internal.call;

import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallPeer;
import org.jspecify.annotations.Nullable;

/**
 * What a step has changed about a call, for those who are notified of it. Immutable.
 *
 * @param kind what has changed
 * @param peer the participant that joined, changed or left, else null
 * @param userId the user who declined, whose devices no longer ring, or who ended the call, else null
 * @param outcome how the call or the ringing ended, else null
 * @param reason why the participant left, else null
 */
record CallFact(
        Kind kind,
        @Nullable CallPeer peer,
        @Nullable String userId,
        @Nullable CallOutcome outcome,
        @Nullable CallLeaveReason reason) {
    /** What has changed. */
    enum Kind {
        STARTED,
        JOINED,
        UPDATED,
        /** The device is connected to this server now, and no longer to another. */
        MOVED,
        LEFT,
        DECLINED,
        /** The devices of one user no longer ring. */
        SILENCED,
        ENDED
    }

    static CallFact started() {
        return new CallFact(Kind.STARTED, null, null, null, null);
    }

    static CallFact of(Kind kind, CallPeer peer) {
        return new CallFact(kind, peer, null, null, null);
    }

    static CallFact left(CallPeer peer, CallLeaveReason reason) {
        return new CallFact(Kind.LEFT, peer, null, null, reason);
    }

    static CallFact declined(String userId) {
        return new CallFact(Kind.DECLINED, null, userId, null, null);
    }

    static CallFact silenced(String userId, CallOutcome outcome) {
        return new CallFact(Kind.SILENCED, null, userId, outcome, null);
    }

    static CallFact ended(CallOutcome outcome, @Nullable String by) {
        return new CallFact(Kind.ENDED, null, by, outcome, null);
    }
}

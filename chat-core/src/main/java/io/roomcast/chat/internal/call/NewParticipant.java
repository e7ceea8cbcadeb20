package io.roomcast.chat.internal.call;

import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallParticipant;
import io.roomcast.chat.model.CallPeer;
import java.time.Instant;

/**
 * A device that is about to take part in a call. Immutable. Its text omits the key.
 *
 * @param id the id within the call
 * @param userId the user
 * @param key the secret with which the device returns
 */
record NewParticipant(String id, String userId, String key) {
    static NewParticipant of(String userId) {
        return new NewParticipant(CallSecrets.next(), userId, CallSecrets.next());
    }

    /** Returns the participant with an index. It sends what the call is meant to transmit until it reports otherwise. */
    CallParticipant at(int index, CallMedia media, Instant until) {
        CallPeer peer = new CallPeer(id, index, userId, true, media == CallMedia.VIDEO, false, false);
        return new CallParticipant(peer, CallSecrets.hash(key), until);
    }

    @Override
    public String toString() {
        return "NewParticipant[" + id + ", " + userId + "]";
    }
}

package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * A participant of a call as the store keeps it. Immutable.
 *
 * @param peer what the others see
 * @param keyHash the hash of the key with which the device returns after it has lost its connection
 * @param until when the participant leaves the call, unless its server renews it, or its device returns
 */
public record CallParticipant(CallPeer peer, String keyHash, Instant until) {
    /** Rejects null. */
    public CallParticipant {
        requireNonNull(peer, "peer");
        requireNonNull(keyHash, "keyHash");
        requireNonNull(until, "until");
    }

    /** Returns the id within the call. */
    public String id() {
        return peer.participantId();
    }

    CallParticipant renamed(UnaryOperator<String> rename) {
        CallPeer renamed = new CallPeer(
                peer.participantId(),
                peer.index(),
                rename.apply(peer.userId()),
                peer.audio(),
                peer.video(),
                peer.screen(),
                peer.away());
        return new CallParticipant(renamed, keyHash, until);
    }

    /** Returns the user. */
    public String userId() {
        return peer.userId();
    }
}

package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.IceGrant;
import io.roomcast.chat.model.SfuTicket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a device needs to take part in a call. Immutable. Its text omits the key.
 *
 * @param callId the id of the call
 * @param conversationId the conversation
 * @param media what the call is meant to transmit
 * @param isActive whether the call is active; a direct one rings before
 * @param ringing how long it still rings, or null if it does not
 * @param participantId the id of the device within the call
 * @param index the index of the device, from 1 on. Of two devices that negotiate, the one with the higher index gives way
 * @param key the secret with which the device returns to the call, by {@link RejoinCall}
 * @param peers the other participants. The device sends an offer to each of them, unless there is a media server
 * @param ice the servers by which the devices find a path to each other
 * @param relayOnly whether the device must use relays only, so that no other device learns its network address
 * @param sfu the media server that all connect to, or null if they connect to each other
 */
public record CallEntry(
        String callId,
        String conversationId,
        CallMedia media,
        boolean isActive,
        @Nullable Duration ringing,
        String participantId,
        int index,
        String key,
        List<CallPeer> peers,
        IceGrant ice,
        boolean relayOnly,
        @Nullable SfuTicket sfu) {
    /** Copies the list. */
    public CallEntry {
        requireNonNull(callId, "callId");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(media, "media");
        requireNonNull(participantId, "participantId");
        requireNonNull(key, "key");
        peers = Checks.list(peers, "peers");
        requireNonNull(ice, "ice");
    }

    @Override
    public String toString() {
        return "CallEntry[" + callId + ", " + participantId + "]";
    }
}

package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * The call of a conversation as users see it who do not take part. Immutable.
 *
 * @param callId the id of the call
 * @param media what the call is meant to transmit
 * @param peers those who take part
 * @param startedAt when it was started
 */
public record CallSummary(String callId, CallMedia media, List<CallPeer> peers, Instant startedAt) {
    /** Copies the list. */
    public CallSummary {
        requireNonNull(callId, "callId");
        requireNonNull(media, "media");
        peers = Checks.list(peers, "peers");
        requireNonNull(startedAt, "startedAt");
    }

    /** Returns what users see of a call. */
    public static CallSummary of(Call call) {
        requireNonNull(call, "call");
        return new CallSummary(call.callId(), call.media(), call.peers(), call.startedAt());
    }
}

package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.Checks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Lets all devices of an invited user ring, also those that connect while it rings. Each receives one {@link CallEnded}
 * when it stops, unless it joins the call.
 *
 * @param callId the call
 * @param conversationId the conversation
 * @param from the user who started the call
 * @param media what the call is meant to transmit
 * @param expiresAt when it stops ringing, by the server's clock
 * @param ringing how long it still rings; more reliable than the time, as clocks differ
 * @param peers those who take part
 */
public record IncomingCall(
        String callId,
        String conversationId,
        String from,
        CallMedia media,
        Instant expiresAt,
        Duration ringing,
        List<CallPeer> peers)
        implements CallEvent {
    /** Copies the list. */
    public IncomingCall {
        requireNonNull(callId, "callId");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(from, "from");
        requireNonNull(media, "media");
        requireNonNull(expiresAt, "expiresAt");
        requireNonNull(ringing, "ringing");
        peers = Checks.list(peers, "peers");
    }
}

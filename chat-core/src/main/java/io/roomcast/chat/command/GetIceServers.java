package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.IceGrant;

/**
 * Requests current servers and credentials for a participant of a call, before it restarts ICE.
 *
 * @param callId the call
 */
public record GetIceServers(String callId) implements CallCommand<IceGrant> {
    /** Rejects null. */
    public GetIceServers {
        requireNonNull(callId, "callId");
    }
}

package io.roomcast.chat.event;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.CallMedia;

/**
 * Notifies a room of a new call.
 *
 * @param callId the call
 * @param conversationId the room
 * @param from the user who started it
 * @param media what the call is meant to transmit
 */
public record CallStarted(String callId, String conversationId, String from, CallMedia media) implements CallEvent {
    /** Rejects null. */
    public CallStarted {
        requireNonNull(callId, "callId");
        requireNonNull(conversationId, "conversationId");
        requireNonNull(from, "from");
        requireNonNull(media, "media");
    }
}

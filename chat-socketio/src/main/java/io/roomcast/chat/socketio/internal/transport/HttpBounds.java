package io.roomcast.chat.socketio.internal.transport;

import io.roomcast.chat.model.Limits;

/**
 * The largest request that the server reads.
 *
 * @param lineBytes the bytes of its first line
 * @param headerBytes the bytes of all its header lines
 * @param bodyBytes the bytes of its body
 */
public record HttpBounds(int lineBytes, int headerBytes, int bodyBytes) {
    /** Takes the bounds from the limits of a host. */
    public static HttpBounds of(Limits limits) {
        return new HttpBounds(limits.requestLineBytes(), limits.headerBytes(), limits.frameBytes());
    }
}

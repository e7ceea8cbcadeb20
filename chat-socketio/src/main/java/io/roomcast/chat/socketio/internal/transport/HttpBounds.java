package io.roomcast.chat.socketio.internal.transport;

import io.roomcast.chat.model.Limits;

/**
 * The size limits of a request.
 *
 * @param lineBytes the maximum size of the request line
 * @param headerBytes the maximum total size of the header lines
 * @param bodyBytes the maximum size of the body
 */
public record HttpBounds(int lineBytes, int headerBytes, int bodyBytes) {
    /** Returns the bounds that the host's limits set. */
    public static HttpBounds of(Limits limits) {
        return new HttpBounds(limits.requestLineBytes(), limits.headerBytes(), limits.frameBytes());
    }
}

package io.roomcast.chat.socketio.internal.request;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A request that was not read to its end. No later request is read from the connection.
 *
 * @param rejection the reason
 * @param headers the headers read so far, or those that the response depends on
 * @param isStreamed whether the request was passed on before its body was read, as a {@link StreamedRequest}
 */
public record MalformedRequest(HttpRejection rejection, HttpHeaders headers, boolean isStreamed) {}

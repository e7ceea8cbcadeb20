package io.roomcast.chat.socketio.internal.http;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A request that is not read to its end. Later requests on the connection are not read either.
 *
 * @param refusal the reason
 * @param headers the headers read so far, or those that an answer depends on
 */
record MalformedRequest(HttpRejection refusal, HttpHeaders headers) {}

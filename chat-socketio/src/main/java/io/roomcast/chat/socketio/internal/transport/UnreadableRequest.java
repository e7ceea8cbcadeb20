package io.roomcast.chat.socketio.internal.transport;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A request that is not read further. Nothing that follows it on its connection is read.
 *
 * @param refusal why
 * @param headers those that were read before, or that an answer depends on
 */
record UnreadableRequest(HttpRefusal refusal, HttpHeaders headers) {}

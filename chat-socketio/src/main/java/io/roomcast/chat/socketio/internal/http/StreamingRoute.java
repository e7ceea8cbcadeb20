package io.roomcast.chat.socketio.internal.http;

import io.roomcast.chat.socketio.internal.request.StreamingRule;

/**
 * A route that receives request bodies as they arrive. Other routes receive a request once its whole body is in memory.
 *
 * <p>{@link #handle} is called when the head of the request has been read and its origin and address have been checked.
 * It passes a sink to {@link HttpExchange#streamBody}, or rejects the request, which drops the body. The connection is
 * closed after the response, because part of the body may still be unread.
 *
 * <p>The server has no timeout for such a body. The route aborts requests that stall.
 */
public interface StreamingRoute extends HttpRoute, StreamingRule {}

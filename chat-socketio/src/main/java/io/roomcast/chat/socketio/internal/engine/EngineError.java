package io.roomcast.chat.socketio.internal.engine;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.socketio.internal.http.HttpExchange;

/** The errors of an Engine.IO server, with the codes and texts of the reference implementation. */
public enum EngineError {
    /** The transport is neither {@code polling} nor {@code websocket}. */
    UNKNOWN_TRANSPORT(0, "Transport unknown", HttpResponseStatus.BAD_REQUEST),
    /** No open session has the id. */
    UNKNOWN_SID(1, "Session ID unknown", HttpResponseStatus.BAD_REQUEST),
    /** The method of the first request is not GET. */
    BAD_METHOD(2, "Bad handshake method", HttpResponseStatus.BAD_REQUEST),
    /** The request is invalid otherwise. */
    BAD_REQUEST(3, "Bad request", HttpResponseStatus.BAD_REQUEST),
    /** The request is not allowed. */
    FORBIDDEN(4, "Forbidden", HttpResponseStatus.FORBIDDEN),
    /** The server does not support the version of the protocol. */
    UNSUPPORTED_VERSION(5, "Unsupported protocol version", HttpResponseStatus.BAD_REQUEST),
    /** The network address opens sessions too fast, or has too many. */
    TOO_MANY(3, "Too many requests", HttpResponseStatus.TOO_MANY_REQUESTS);

    private final String json;
    private final HttpResponseStatus status;

    EngineError(int code, String text, HttpResponseStatus status) {
        this.json = "{\"code\":" + code + ",\"message\":\"" + text + "\"}";
        this.status = status;
    }

    /** Responds to the request with this error. */
    void reject(HttpExchange exchange) {
        exchange.respondJson(status, json);
    }
}

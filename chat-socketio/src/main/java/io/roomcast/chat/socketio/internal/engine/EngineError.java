package io.roomcast.chat.socketio.internal.engine;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.socketio.internal.http.HttpExchange;

/** The refusals of an Engine.IO server, with the numbers and texts that clients know. */
public enum EngineError {
    UNKNOWN_TRANSPORT(0, "Transport unknown", HttpResponseStatus.BAD_REQUEST),
    UNKNOWN_SID(1, "Session ID unknown", HttpResponseStatus.BAD_REQUEST),
    BAD_METHOD(2, "Bad handshake method", HttpResponseStatus.BAD_REQUEST),
    BAD_REQUEST(3, "Bad request", HttpResponseStatus.BAD_REQUEST),
    FORBIDDEN(4, "Forbidden", HttpResponseStatus.FORBIDDEN),
    UNSUPPORTED_VERSION(5, "Unsupported protocol version", HttpResponseStatus.BAD_REQUEST),
    TOO_MANY(3, "Too many requests", HttpResponseStatus.TOO_MANY_REQUESTS);

    private final String json;
    private final HttpResponseStatus status;

    EngineError(int code, String text, HttpResponseStatus status) {
        this.json = "{\"code\":" + code + ",\"message\":\"" + text + "\"}";
        this.status = status;
    }

    public String json() {
        return json;
    }

    public HttpResponseStatus status() {
        return status;
    }

    /** Answers the request with this error. */
    public void refuse(HttpExchange exchange) {
        exchange.answerJson(status, json);
    }
}

package io.roomcast.chat.socketio.internal.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.roomcast.chat.model.ErrorCode;

/** The reason why a request is refused before it is routed. */
public enum HttpRejection {
    MALFORMED(HttpResponseStatus.BAD_REQUEST, ErrorCode.INVALID_PAYLOAD, "it is malformed", ""),
    LINE_TOO_LONG(
            HttpResponseStatus.REQUEST_URI_TOO_LONG,
            ErrorCode.PAYLOAD_TOO_LARGE,
            "its first line is too long",
            "requestLineBytes (CHAT_REQUEST_LINE_BYTES)"),
    HEADERS_TOO_LARGE(
            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            ErrorCode.PAYLOAD_TOO_LARGE,
            "its headers are too large",
            "headerBytes (CHAT_HEADER_BYTES)"),
    TOO_LARGE(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            ErrorCode.PAYLOAD_TOO_LARGE,
            "its body is too large",
            "frameBytes (CHAT_FRAME_BYTES)"),
    UNKNOWN_EXPECTATION(
            HttpResponseStatus.EXPECTATION_FAILED, ErrorCode.NOT_SUPPORTED, "it has an unknown expectation", ""),
    UNKNOWN_METHOD(HttpResponseStatus.NOT_IMPLEMENTED, ErrorCode.NOT_SUPPORTED, "it has an unknown method", ""),
    FOREIGN_ORIGIN(
            HttpResponseStatus.FORBIDDEN,
            ErrorCode.FORBIDDEN,
            "its origin is not allowed",
            "allowedOrigins (CLIENT_URL)"),
    FOREIGN_SITE(
            HttpResponseStatus.FORBIDDEN,
            ErrorCode.FORBIDDEN,
            "a browser sent it for a page of another site",
            "allowedOrigins (CLIENT_URL)"),
    UNKNOWN_HOST(
            HttpResponseStatus.FORBIDDEN,
            ErrorCode.FORBIDDEN,
            "the server does not answer to its host name",
            "allowedHosts (CHAT_ALLOWED_HOSTS)"),
    TOO_MANY(
            HttpResponseStatus.TOO_MANY_REQUESTS,
            ErrorCode.RATE_LIMITED,
            "its address has too many connections",
            "connectionsPerAddress (CHAT_CONNECTIONS_PER_ADDRESS)"),
    TOO_MANY_SESSIONS(
            HttpResponseStatus.TOO_MANY_REQUESTS,
            ErrorCode.RATE_LIMITED,
            "its address opens too many sessions",
            "handshakesPerSecond (CHAT_HANDSHAKES_PER_SECOND) and connectionsPerAddress"),
    UNKNOWN_PATH(HttpResponseStatus.NOT_FOUND, ErrorCode.NOT_SUPPORTED, "it has an unknown path", ""),
    WRONG_METHOD(HttpResponseStatus.METHOD_NOT_ALLOWED, ErrorCode.NOT_SUPPORTED, "its path has no such method", "");

    private final HttpResponseStatus status;
    private final String reason;
    private final String setting;
    private final String json;

    HttpRejection(HttpResponseStatus status, ErrorCode code, String reason, String setting) {
        this.status = status;
        this.reason = reason;
        this.setting = setting;
        this.json = "{\"success\":false,\"error\":\"" + code.text() + "\",\"code\":\"" + code.wireName()
                + "\",\"retryable\":" + code.retryable() + "}";
    }

    HttpResponseStatus status() {
        return status;
    }

    /** Returns a description of the reason. */
    String reason() {
        return reason;
    }

    /** Returns the setting that controls the refusal; empty if there is none. */
    String setting() {
        return setting;
    }

    /** Returns whether public files are served nevertheless. */
    boolean sparesFiles() {
        return this == FOREIGN_ORIGIN || this == FOREIGN_SITE;
    }

    String json() {
        return json;
    }
}

package io.roomcast.chat.socketio.internal.request;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The reason for which a request is rejected before a route handles it. */
public enum HttpRejection {
    /** The request is malformed. */
    MALFORMED(HttpResponseStatus.BAD_REQUEST, "it is malformed", ""),
    /** The request line is too long. */
    LINE_TOO_LONG(
            HttpResponseStatus.REQUEST_URI_TOO_LONG,
            "its first line is too long",
            "requestLineBytes (CHAT_REQUEST_LINE_BYTES)"),
    /** The headers are too large. */
    HEADERS_TOO_LARGE(
            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            "its headers are too large",
            "headerBytes (CHAT_HEADER_BYTES)"),
    /** The body is too large. */
    TOO_LARGE(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            "its body is too large",
            "frameBytes (CHAT_FRAME_BYTES), and fileBytes (CHAT_FILE_BYTES) for uploads"),
    /** The {@code Expect} header has an unknown value. */
    UNKNOWN_EXPECTATION(HttpResponseStatus.EXPECTATION_FAILED, "it has an unknown expectation", ""),
    /** HTTP has no such method. */
    UNKNOWN_METHOD(HttpResponseStatus.NOT_IMPLEMENTED, "it has an unknown method", ""),
    /** The page that sent the request has an origin that is not allowed. */
    FOREIGN_ORIGIN(HttpResponseStatus.FORBIDDEN, "its origin is not allowed", "allowedOrigins (CLIENT_URL)"),
    /** A browser sent the request, without an origin, for a page of another site. */
    FOREIGN_SITE(
            HttpResponseStatus.FORBIDDEN,
            "a browser sent it for a page of another site",
            "allowedOrigins (CLIENT_URL)"),
    /** The {@code Host} header names a host that the server does not serve. */
    UNKNOWN_HOST(
            HttpResponseStatus.FORBIDDEN,
            "the server does not answer to its host name",
            "allowedHosts (CHAT_ALLOWED_HOSTS)"),
    /** The network address has too many connections. */
    TOO_MANY(
            HttpResponseStatus.TOO_MANY_REQUESTS,
            "its address has too many connections",
            "connectionsPerAddress (CHAT_CONNECTIONS_PER_ADDRESS)"),
    /** The network address opens sessions too fast, or has too many. */
    TOO_MANY_SESSIONS(
            HttpResponseStatus.TOO_MANY_REQUESTS,
            "its address opens too many sessions",
            "handshakesPerSecond (CHAT_HANDSHAKES_PER_SECOND) and connectionsPerAddress"),
    /** No route has the path. */
    UNKNOWN_PATH(HttpResponseStatus.NOT_FOUND, "it has an unknown path", ""),
    /** The path does not support the method. */
    WRONG_METHOD(HttpResponseStatus.METHOD_NOT_ALLOWED, "its path has no such method", "");

    private final HttpResponseStatus status;
    private final String reason;
    private final String setting;

    HttpRejection(HttpResponseStatus status, String reason, String setting) {
        this.status = status;
        this.reason = reason;
        this.setting = setting;
    }

    /** Returns the status of the response. */
    public HttpResponseStatus status() {
        return status;
    }

    /** Returns a description of the reason, for the log. */
    public String reason() {
        return reason;
    }

    /** Returns the setting to check; empty if there is none. */
    public String setting() {
        return setting;
    }

    /** Returns whether public files are served in spite of this reason. */
    public boolean allowsPublicFiles() {
        return this == FOREIGN_ORIGIN || this == FOREIGN_SITE;
    }
}

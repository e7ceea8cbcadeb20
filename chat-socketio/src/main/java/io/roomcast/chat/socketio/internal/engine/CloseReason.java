package io.roomcast.chat.socketio.internal.engine;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.roomcast.chat.socketio.internal.http.ConnectionLog;
import java.util.Locale;
import java.util.stream.Stream;

/** Why a session ends, and the close code of RFC 6455, section 7.4.1, that says so. */
public enum CloseReason {
    /** The client went away, or asked for the end. */
    CLIENT_LEFT(WebSocketCloseStatus.NORMAL_CLOSURE),
    /** The client sent no sign of life. */
    PING_TIMEOUT(WebSocketCloseStatus.POLICY_VIOLATION),
    /** The server stops. */
    SERVER_STOPPING(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE),
    /** The server cannot admit the client now, but may do so later. */
    BUSY(WebSocketCloseStatus.TRY_AGAIN_LATER),
    /** The client broke the protocol, or the rules for whom to let in. */
    REFUSED(WebSocketCloseStatus.POLICY_VIOLATION),
    /** The client sent malformed frames. */
    MALFORMED(WebSocketCloseStatus.PROTOCOL_ERROR),
    /** The chat ended the session, and has told the client why. */
    REVOKED(WebSocketCloseStatus.POLICY_VIOLATION),
    /** The client sent text that is not UTF-8. */
    NOT_UTF8(WebSocketCloseStatus.INVALID_PAYLOAD_DATA),
    /** The client sent more at once than it may. */
    TOO_LARGE(WebSocketCloseStatus.MESSAGE_TOO_BIG),
    /** The client sent more packets a second than it may. */
    TOO_MANY(WebSocketCloseStatus.POLICY_VIOLATION),
    /** The client takes what it is sent too slowly. */
    TOO_SLOW(WebSocketCloseStatus.TRY_AGAIN_LATER);

    private final WebSocketCloseStatus status;
    private final String label = name().toLowerCase(Locale.ROOT);

    CloseReason(WebSocketCloseStatus status) {
        this.status = status;
    }

    /** Why a frame with such a fault is the last. */
    static CloseReason ofFrame(WebSocketCloseStatus fault) {
        return Stream.of(TOO_LARGE, NOT_UTF8)
                .filter(reason -> reason.status.equals(fault))
                .findFirst()
                .orElse(MALFORMED);
    }

    /** Whether it is the client's fault, so that somebody should know. */
    public boolean isViolation() {
        return this != CLIENT_LEFT
                && this != PING_TIMEOUT
                && this != SERVER_STOPPING
                && this != BUSY
                && this != REVOKED;
    }

    /** The reason's name in lower case, for whoever counts. */
    String label() {
        return label;
    }

    WebSocketCloseStatus status() {
        return status;
    }

    /** Logs the reason if the client is at fault. */
    void logTo(ConnectionLog log) {
        if (isViolation()) {
            log.disconnected(name());
        }
    }
}

package io.roomcast.chat.socketio.internal.engine;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.roomcast.chat.socketio.internal.http.ConnectionLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

/** The reason for which a session closes, with its WebSocket close code (RFC 6455, section 7.4.1). */
public enum CloseReason {
    /** The client disconnected or closed the session. */
    CLIENT_LEFT(WebSocketCloseStatus.NORMAL_CLOSURE),
    /** The client sent no heartbeat in time. */
    PING_TIMEOUT(WebSocketCloseStatus.POLICY_VIOLATION),
    /** The server is stopping. */
    SERVER_STOPPING(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE),
    /** The server cannot admit the client now; the client may retry later. */
    BUSY(WebSocketCloseStatus.TRY_AGAIN_LATER),
    /** The client violated the protocol or was not admitted. */
    REFUSED(WebSocketCloseStatus.POLICY_VIOLATION),
    /** The client sent malformed frames. */
    MALFORMED(WebSocketCloseStatus.PROTOCOL_ERROR),
    /** The application ended the session and notified the client. */
    REVOKED(WebSocketCloseStatus.POLICY_VIOLATION),
    /** The client sent text that is not UTF-8. */
    NOT_UTF8(WebSocketCloseStatus.INVALID_PAYLOAD_DATA),
    /** The client sent a packet that is too large. */
    TOO_LARGE(WebSocketCloseStatus.MESSAGE_TOO_BIG),
    /** The client sent too many packets per second. */
    TOO_MANY(WebSocketCloseStatus.POLICY_VIOLATION),
    /** The client reads too slowly. */
    TOO_SLOW(WebSocketCloseStatus.TRY_AGAIN_LATER);

    private static final int FRAME_HEADER = 2;
    private static final int FINAL_CLOSE_FRAME = 0x88;

    private final WebSocketCloseStatus status;
    private final byte[] closeFrame;
    private final String label = name().toLowerCase(Locale.ROOT);

    CloseReason(WebSocketCloseStatus status) {
        this.status = status;
        this.closeFrame = encode(status);
    }

    /** Returns an unmasked close frame (RFC 6455, section 5.5.1). */
    private static byte[] encode(WebSocketCloseStatus status) {
        byte[] text = status.reasonText().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(FRAME_HEADER + Short.BYTES + text.length)
                .put((byte) FINAL_CLOSE_FRAME)
                .put((byte) (Short.BYTES + text.length))
                .putShort((short) status.code())
                .put(text)
                .array();
    }

    /** Returns the reason that corresponds to an error of the frame decoder. */
    static CloseReason ofFrame(WebSocketCloseStatus fault) {
        return Stream.of(TOO_LARGE, NOT_UTF8)
                .filter(reason -> reason.status.equals(fault))
                .findFirst()
                .orElse(MALFORMED);
    }

    /** Returns whether the client violated a limit or the protocol, which operators should know of. */
    public boolean isViolation() {
        return this != CLIENT_LEFT
                && this != PING_TIMEOUT
                && this != SERVER_STOPPING
                && this != BUSY
                && this != REVOKED;
    }

    /** Returns whether the client is to process the events before the close, which say when to reconnect or why it ends. */
    boolean followsEvents() {
        return this == SERVER_STOPPING || this == REVOKED;
    }

    /** Returns the name in lower case, for metrics. */
    public String label() {
        return label;
    }

    /** Appends a close frame with the code and its standard text. */
    void writeCloseFrameTo(ByteBuf buffer) {
        buffer.writeBytes(closeFrame);
    }

    /** Logs the reason if it is a violation. */
    void logTo(ConnectionLog log) {
        if (isViolation()) {
            log.disconnected(name());
        }
    }
}

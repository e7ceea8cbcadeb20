package io.roomcast.chat.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.roomcast.chat.socketio.StartedServer;
import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.internal.http.ConnectionLog;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** The log names the violations of clients, but not the data they send. */
@OnEachTransport
class FrameViolationsTest {
    private static final int MANY = 100;

    private static final Arguments[] VIOLATIONS = {
        violation("reserved bit", "\u00c1\u0086\0\0\0\0secret", "MALFORMED"),
        violation("unknown kind", "\u0083\u0086\0\0\0\0secret", "MALFORMED"),
        violation("no mask", "\u0081\u0006secret", "MALFORMED"),
        violation("continuation of nothing", "\u0080\u0086\0\0\0\0secret", "MALFORMED"),
        violation("ping of 126 bytes", "\u0089\u00fe\0\u007e\0\0\0\0secret", "MALFORMED"),
        violation("text of 4 GiB", "\u0081\u00ff\0\0\0\u0001\0\0\0\0secret", "TOO_LARGE"),
        violation("reason that is not UTF-8", "\u0088\u0089\0\0\0\0\u0003\u00e8secret\u00ff", "NOT_UTF8"),
        violation("text that is not UTF-8", "\u0081\u0087\0\0\0\0secret\u00ff", "NOT_UTF8")
    };

    @RegisterExtension
    final StartedServer server = new StartedServer();

    private static Arguments violation(String name, String frame, String reason) {
        return argumentSet(name, frame, reason);
    }

    @ParameterizedTest
    @FieldSource("VIOLATIONS")
    void violation_is_logged_in_one_line_without_client_data(String frame, String reason) {
        try (LogLines log = LogLines.capture()) {
            violate(frame);
            assertThat(log.of(ConnectionLog.class))
                    .singleElement()
                    .asString()
                    .endsWith("disconnected client: " + reason);
            assertThat(log.text()).doesNotContain("secret");
        }
    }

    @Test
    void many_violations_are_logged_in_few_lines() {
        try (LogLines log = LogLines.capture()) {
            for (int i = 0; i < MANY; i++) {
                violate("\u0083\u0086\0\0\0\0secret");
            }
            assertThat(log.of(ConnectionLog.class)).isNotEmpty().hasSizeLessThan(MANY);
        }
    }

    private void violate(String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.ISO_8859_1);
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.raw(bytes, bytes.length);
            assertThat(socket.closeCode()).isIn(List.of(1002, 1007, 1008, 1009));
        }
    }
}

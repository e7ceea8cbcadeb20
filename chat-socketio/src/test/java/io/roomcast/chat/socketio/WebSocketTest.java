package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnEachTransport
class WebSocketTest {
    private static final int TOO_LARGE = 1009;
    private static final int NOT_UTF8 = 1007;

    @RegisterExtension
    final StartedServer server = new StartedServer();

    @Test
    void session_opens_without_polling() {
        try (RawWebSocket socket = RawWebSocket.open(server.port())) {
            assertThat(socket.nextText()).startsWith("0{\"sid\":\"").contains("\"upgrades\":[]");
        }
    }

    @Test
    void frame_of_100_kilobytes_is_too_large() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.frame(true, RawWebSocket.TEXT, new byte[100_000]);
            assertThat(socket.closeCode()).isEqualTo(TOO_LARGE);
        }
        assertThat(RawHttp.get(server.port(), "/health/live").status()).isEqualTo(200);
    }

    @Test
    void fragments_of_150_kilobytes_are_too_large() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.frame(false, RawWebSocket.TEXT, new byte[50_000]);
            socket.frame(false, RawWebSocket.CONTINUATION, new byte[50_000]);
            socket.frame(true, RawWebSocket.CONTINUATION, new byte[50_000]);
            assertThat(socket.closeCode()).isEqualTo(TOO_LARGE);
        }
    }

    @Test
    void many_small_fragments_are_too_many() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.frame(false, RawWebSocket.TEXT, new byte[] {'4'});
            for (int i = 0; i < 40; i++) {
                socket.frame(false, RawWebSocket.CONTINUATION, new byte[] {'2'});
            }
            assertThat(socket.closeCode()).isEqualTo(TOO_LARGE);
        }
    }

    @Test
    void text_in_fragments_is_one_packet() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.frame(false, RawWebSocket.TEXT, bytes("421[\"leave"));
            socket.frame(true, RawWebSocket.PING, bytes("between"));
            socket.frame(true, RawWebSocket.CONTINUATION, bytes("Room\",\"r\"]"));
            assertThat(socket.next().text()).isEqualTo("between");
            assertThat(socket.nextText()).isEqualTo("431[{\"success\":true,\"conversationId\":\"r\"}]");
        }
    }

    @Test
    void text_that_is_not_utf8_ends_the_session() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.frame(true, RawWebSocket.TEXT, new byte[] {'4', '2', (byte) 0xc3, '('});
            assertThat(socket.closeCode()).isEqualTo(NOT_UTF8);
        }
    }

    @Test
    void frame_without_a_mask_is_refused() {
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            socket.raw(new byte[] {(byte) 0x81, 1, '3'}, 3);
            assertThat(socket.closeCode()).isEqualTo(1002);
        }
    }

    @RepeatedTest(8)
    void session_moves_from_polling_to_websocket() {
        RawPolling polling = RawPolling.connected(server.port());
        polling.ask(1, "[\"joinRoom\",\"r\"]");
        try (RawWebSocket socket = RawWebSocket.open(server.port(), upgrade(polling))) {
            socket.text("2probe");
            assertThat(socket.nextText()).isEqualTo("3probe");
            polling.push("422[\"sendMessage\",{\"conversationId\":\"r\",\"senderId\":\"a\",\"content\":\"kept\"}]");
            socket.text("5");
            assertThat(socket.nextText()).startsWith("432[");
            assertThat(socket.nextText()).contains("\"content\":\"kept\"");
            assertThat(polling.poll().status()).isEqualTo(400);
            assertThat(socket.ask(3, "[\"leaveRoom\",\"r\"]")).contains("true");
        }
    }

    @Test
    void poll_that_waits_is_released_by_the_probe() {
        RawPolling polling = RawPolling.connected(server.port());
        try (RawHttp waiting = new RawHttp(server.port());
                RawWebSocket socket = RawWebSocket.open(server.port(), upgrade(polling))) {
            waiting.send("GET", polling.target(), "");
            socket.text("2probe");
            assertThat(socket.nextText()).isEqualTo("3probe");
            assertThat(waiting.read().body()).isEqualTo("6");
            socket.text("5");
            assertThat(socket.ask(1, "[\"leaveRoom\",\"r\"]")).contains("true");
        }
    }

    @Test
    void failed_probe_leaves_the_session_as_it_was() {
        RawPolling polling = RawPolling.connected(server.port());
        try (RawWebSocket socket = RawWebSocket.open(server.port(), upgrade(polling))) {
            socket.text("nonsense");
            assertThat(socket.closeCode()).isEqualTo(RawWebSocket.NO_CODE);
        }
        assertThat(polling.ask(1, "[\"leaveRoom\",\"r\"]")).contains("true");
    }

    @Test
    void second_websocket_does_not_disturb_the_first() {
        RawPolling polling = RawPolling.connected(server.port());
        try (RawWebSocket socket = RawWebSocket.open(server.port(), upgrade(polling))) {
            socket.text("2probe");
            socket.nextText();
            socket.text("5");
            socket.ask(1, "[\"leaveRoom\",\"r\"]");
            assertThat(RawHttp.get(server.port(), upgrade(polling), "Connection: Upgrade", "Upgrade: websocket")
                            .status())
                    .isEqualTo(400);
            assertThat(socket.ask(2, "[\"leaveRoom\",\"r\"]")).contains("true");
        }
    }

    private static String upgrade(RawPolling polling) {
        return polling.target().replace("transport=polling", "transport=websocket");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.roomcast.chat.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.internal.engine.EngineListener;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cases of the official suite for the Engine.IO protocol, version 4. */
@OnEachTransport
class EngineIoConformanceTest extends EngineCases {
    @Override
    EngineListener.Factory listeners() {
        return EngineEcho::new;
    }

    @Override
    void assertAlive(RawWebSocket socket) {
        socket.text("4hello");
        assertThat(socket.nextText()).isEqualTo("4hello");
    }

    @Test
    void text_is_sent_in_both_directions_over_polling() {
        assertEchoed("4hello");
    }

    @Test
    void several_texts_go_both_ways_over_polling() {
        assertEchoed("4test1\u001e4test2\u001e4test3");
    }

    @Test
    void text_and_bytes_go_both_ways_over_polling() {
        assertEchoed("4hello\u001ebAQIDBA==");
    }

    private void assertEchoed(String payload) {
        RawPolling client = RawPolling.open(port);
        assertThat(client.push(payload)).extracting("status", "body").containsExactly(200, "ok");
        assertThat(client.poll()).extracting("status", "body").containsExactly(200, payload);
    }

    @Test
    void invalid_packet_over_polling_closes_the_session() {
        RawPolling client = RawPolling.open(port);
        assertThat(client.push("abc").status()).isEqualTo(400);
        assertThat(client.poll().status()).isEqualTo(400);
    }

    @Test
    void second_concurrent_poll_closes_the_session() {
        RawPolling client = RawPolling.open(port);
        try (RawHttp waiting = waitingPoll(client)) {
            assertThat(client.poll().status()).isIn(List.of(400, 500));
            assertThat(waiting.read()).extracting("status", "body").containsExactly(200, "1");
        }
        assertThat(client.poll().status()).isEqualTo(400);
    }

    @Test
    void poll_that_the_client_cancels_closes_the_session() {
        RawPolling client = RawPolling.open(port);
        waitingPoll(client).close();
        server.awaitNoSessions();
        assertThat(client.poll().status()).isEqualTo(400);
    }

    @Test
    void text_is_sent_in_both_directions_over_websocket() {
        try (RawWebSocket socket = opened()) {
            assertAlive(socket);
        }
    }

    @Test
    void bytes_go_both_ways_over_websocket() {
        try (RawWebSocket socket = opened()) {
            socket.frame(true, RawWebSocket.BINARY, new byte[] {1, 2, 3, 4});
            RawWebSocket.Frame answer = socket.next();
            assertThat(answer.opcode()).isEqualTo(RawWebSocket.BINARY);
            assertThat(answer.payload()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void invalid_packet_over_websocket_closes_the_session() {
        try (RawWebSocket socket = opened()) {
            socket.text("abc");
            assertThat(socket.closeCode()).isEqualTo(1008);
        }
    }
}

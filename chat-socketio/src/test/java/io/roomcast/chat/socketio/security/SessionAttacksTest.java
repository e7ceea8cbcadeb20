package io.roomcast.chat.socketio.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawHttp.Response;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts to take over sessions, to close them, and to leave them open. */
@OnEachTransport
class SessionAttacksTest {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    @RegisterExtension
    static final ServerUnderAttack server = new ServerUnderAttack();

    @ParameterizedTest
    @ValueSource(strings = {"io: %s", "Cookie: io=%s", "Cookie: sid=%s", "X-Session-Id: %s"})
    void client_cannot_choose_its_session(String header) {
        Response opened = RawHttp.get(server.port(), POLLING, header.formatted(server.healthySid()));
        assertThat(opened.body()).startsWith("0{\"sid\":\"").doesNotContain(server.healthySid());
        farewell(opened.body().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1"));
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "POST, 1", "POST, 41", "'POST', '42[\"joinRoom\",\"r\"]'", "PUT, 1", "DELETE, ''"})
    void leaked_id_of_a_websocket_session_cannot_be_used_over_polling(String method, String body) {
        try (RawHttp http = new RawHttp(server.port())) {
            Response answer = assertTimeout(
                    ServerUnderAttack.RESPONSE_TIMEOUT,
                    () -> http.exchange(method, POLLING + "&sid=" + server.healthySid(), body));
            assertThat(answer.status()).isEqualTo(400);
        }
    }

    @Test
    void leaked_id_of_a_websocket_session_cannot_close_it() {
        String target = POLLING + "&sid=" + server.healthySid() + "&disconnect=1";
        assertThat(RawHttp.get(server.port(), target).status()).isEqualTo(400);
        assertThat(RawHttp.post(server.port(), target, "1").status()).isEqualTo(400);
    }

    @Test
    void leaked_id_of_a_websocket_session_opens_no_other_websocket() {
        String target = "/socket.io/?EIO=4&transport=websocket&sid=" + server.healthySid();
        try (RawWebSocket second = RawWebSocket.open(server.port(), target)) {
            assertThat(second.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void second_websocket_cannot_upgrade_while_the_first_is_probing() {
        RawPolling polling = RawPolling.open(server.port());
        try (RawWebSocket socket = RawWebSocket.open(server.port(), upgrade(polling))) {
            try (RawWebSocket second = RawWebSocket.open(server.port(), upgrade(polling))) {
                assertThat(second.closeCode()).isEqualTo(1008);
            }
            socket.text("2probe");
            assertThat(socket.nextText()).isEqualTo("3probe");
            socket.text("5");
            socket.text("40{\"token\":\"mallory\"}");
            assertThat(socket.nextText()).startsWith("40{");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0081\u0081\0\0\0\0x",
                "\u0081\u0086\0\0\0\0" + "3probe",
                "\u0082\u0081\0\0\0\0x",
                "\u0088\u0082\0\0\0\0\u0003\u00e8",
                "\u0081\u0081\0\0\0\0\u00ff",
                "\u00c1\u0081\0\0\0\0x",
                "\u0081\u0001x"
            })
    void upgrade_packet_after_a_failed_probe_does_not_affect_the_session(String failure) {
        RawPolling polling = RawPolling.open(server.port());
        try (RawWebSocket socket = RawWebSocket.open(server.port(), upgrade(polling))) {
            byte[] frames = (failure + "\u0081\u0081\0\0\0\0" + "5").getBytes(StandardCharsets.ISO_8859_1);
            socket.raw(frames, frames.length);
            assertThat(assertTimeout(ServerUnderAttack.RESPONSE_TIMEOUT, socket::closeCode))
                    .isIn(1000, 1002, 1006, 1007);
        }
        polling.push("40{\"token\":\"mallory\"}");
        assertThat(polling.next()).startsWith("40{");
        farewell(polling.sid());
    }

    @Test
    void requests_that_open_no_session_leak_nothing() {
        try (RawHttp http = new RawHttp(server.port())) {
            for (int i = 0; i < 50; i++) {
                Response preflight = http.exchange(
                        "OPTIONS",
                        POLLING,
                        "",
                        "Origin: " + ServerUnderAttack.ORIGIN,
                        "Access-Control-Request-Method: POST");
                assertThat(preflight.status()).isEqualTo(204);
                assertThat(http.exchange("POST", POLLING, "40").status()).isEqualTo(400);
                assertThat(http.exchange("GET", POLLING + "&j=abc", "").status())
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void dropped_websockets_leak_nothing() {
        for (int i = 0; i < 50; i++) {
            RawWebSocket.open(server.port()).close();
        }
    }

    @Test
    void dropped_upgrades_do_not_affect_the_session() {
        RawPolling polling = RawPolling.open(server.port());
        for (int i = 0; i < 20; i++) {
            try (RawWebSocket socket = RawWebSocket.open(server.port(), upgrade(polling))) {
                socket.text("2probe");
                assertThat(socket.nextText()).isEqualTo("3probe");
                socket.frame(true, RawWebSocket.CLOSE, new byte[0]);
                assertThat(socket.next().opcode()).isEqualTo(RawWebSocket.CLOSE);
                assertThat(socket.isClosedByServer()).isTrue();
            }
        }
        polling.push("40{\"token\":\"mallory\"}");
        assertThat(polling.next()).startsWith("40{");
        farewell(polling.sid());
    }

    @Test
    void incomplete_body_does_not_delay_other_clients() {
        try (RawHttp slow = new RawHttp(server.port())) {
            slow.write(("POST " + POLLING + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\nx")
                    .getBytes(StandardCharsets.US_ASCII));
            try (RawWebSocket another = server.attacker()) {
                assertThat(assertTimeout(
                                ServerUnderAttack.RESPONSE_TIMEOUT, () -> another.ask(1, "[\"leaveRoom\",\"r\"]")))
                        .contains("true");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                POLLING,
                POLLING + "&sid=unknown",
                "/socket.io/?EIO=3&transport=polling",
                "/health/live",
                "/api/conversations/r/messages",
                "/nothing",
                "/%zz"
            })
    void response_does_not_disclose_the_server_and_sets_no_cookie(String target) {
        Response answer = RawHttp.get(server.port(), target);
        assertThat(answer.headers()).doesNotContainKeys("server", "set-cookie", "x-powered-by", "date", "via");
        assertThat(answer.body()).doesNotContainIgnoringCase("netty").doesNotContain("Exception", "\tat ");
        if (answer.body().startsWith("0{")) {
            farewell(answer.body().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1"));
        }
    }

    private static void farewell(String sid) {
        assertThat(RawHttp.post(server.port(), POLLING + "&sid=" + sid, "1").status())
                .isEqualTo(200);
    }

    private static String upgrade(RawPolling polling) {
        return polling.target().replace("transport=polling", "transport=websocket");
    }
}

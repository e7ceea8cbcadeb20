package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnEachTransport
class PollingTest {
    @RegisterExtension
    final StartedServer server = new StartedServer();

    @Test
    void handshake_has_what_the_client_must_know() {
        String target = "/socket.io/?EIO=4&transport=polling";
        RawHttp.Response opened = RawHttp.get(server.port(), target);
        RawPolling.leave(server.port(), target, opened);
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.body())
                .matches("0\\{\"sid\":\"[\\w-]{24}\",\"upgrades\":\\[\"websocket\"],"
                        + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":65536}");
        assertThat(opened.headers()).containsEntry("connection", "keep-alive").doesNotContainKey("set-cookie");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            GET | /socket.io/?transport=polling | 5 | 400
            GET | /socket.io/?EIO=3&transport=polling | 5 | 400
            GET | /socket.io/?EIO=abc&transport=polling | 5 | 400
            GET | /socket.io/?EIO=4&EIO=4&transport=polling | 3 | 400
            GET | /socket.io/?EIO=4 | 0 | 400
            GET | /socket.io/?EIO=4&transport=abc | 0 | 400
            GET | /socket.io/?EIO=4&transport=polling&j=0 | 3 | 400
            GET | /socket.io/?EIO=4&transport=websocket | 3 | 400
            POST | /socket.io/?EIO=4&transport=polling | 2 | 400
            PUT | /socket.io/?EIO=4&transport=polling | 2 | 400
            GET | /socket.io/?EIO=4&transport=polling&sid=x | 1 | 400
            POST | /socket.io/?EIO=4&transport=polling&sid=x | 1 | 400
            """)
    void bad_request_is_answered_with_its_number(String method, String target, int code, int status) {
        try (RawHttp http = new RawHttp(server.port())) {
            RawHttp.Response refused = http.exchange(method, target, "");
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.body()).startsWith("{\"code\":" + code + ",\"message\":\"");
        }
    }

    @Test
    void one_connection_serves_many_requests() {
        try (RawHttp http = new RawHttp(server.port())) {
            for (int i = 0; i < 5; i++) {
                assertThat(http.exchange("GET", "/health/live", "").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void everything_that_waited_arrives_in_order() {
        RawPolling client = RawPolling.connected(server.port());
        client.ask(1, "[\"joinRoom\",\"r\"]");
        IntStream.range(0, 160)
                .forEach(i -> server.chat()
                        .send("r", NewMessage.text("host", "m" + i))
                        .join());
        List<String> heard = new ArrayList<>();
        while (heard.size() < 160) {
            heard.add(client.next().replaceAll(".*\"content\":\"(m\\d+)\".*", "$1"));
        }
        assertThat(heard)
                .isEqualTo(IntStream.range(0, 160).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void several_packets_in_one_post_are_all_handled() {
        RawPolling client = RawPolling.connected(server.port());
        assertThat(client.push("421[\"joinRoom\",\"r\"]\u001e422[\"leaveRoom\",\"r\"]")
                        .body())
                .isEqualTo("ok");
        assertThat(client.next()).startsWith("431[{\"success\":true,");
        assertThat(client.next()).isEqualTo("432[{\"success\":true,\"conversationId\":\"r\"}]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"abc", "''", "9", "2", "2probe", "5"})
    void malformed_packet_ends_the_session(String packet) {
        RawPolling client = RawPolling.connected(server.port());
        int status = client.push(packet.isEmpty() ? "\u001e" : packet).status();
        assertThat(status).isEqualTo(400);
        assertThat(client.poll().status()).isEqualTo(400);
        assertThat(RawHttp.get(server.port(), "/health/live").status()).isEqualTo(200);
    }

    @Test
    void text_that_is_not_utf8_ends_the_session() {
        RawPolling client = RawPolling.connected(server.port());
        byte[] body = {'4', '2', '[', '"', (byte) 0xff, '"', ']'};
        try (RawHttp http = new RawHttp(server.port())) {
            http.write(("POST " + client.target() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            http.write(body);
            assertThat(http.read().status()).isEqualTo(400);
        }
        assertThat(client.poll().status()).isEqualTo(400);
    }

    @Test
    void second_poll_at_once_ends_the_session() {
        RawPolling client = RawPolling.connected(server.port());
        try (RawHttp first = new RawHttp(server.port())) {
            first.send("GET", client.target(), "");
            RawHttp.Response second = client.poll();
            RawHttp.Response answer = first.read();
            assertThat(List.of(second.status(), answer.status())).containsExactlyInAnyOrder(400, 200);
            assertThat(List.of(second.body(), answer.body())).contains("1");
        }
        assertThat(client.poll().status()).isEqualTo(400);
    }
}

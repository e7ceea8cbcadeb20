package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawHttp;
import org.junit.jupiter.api.Test;

@OnEachTransport
class KeepAliveTest {
    @Test
    void requests_may_follow_answers_as_fast_as_they_can() {
        try (ChatServer server = ChatServer.builder().port(0).build().start();
                RawHttp http = new RawHttp(server.port())) {
            for (int i = 0; i < 2_000; i++) {
                assertThat(http.exchange("GET", "/health/ready", "").status()).isEqualTo(200);
            }
        }
    }
}

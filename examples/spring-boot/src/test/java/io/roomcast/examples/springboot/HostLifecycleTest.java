package io.roomcast.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.roomcast.chat.ChatService;
import io.roomcast.chat.model.NewMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;

/** Start, stop and health of the application. */
class HostLifecycleTest {
    @Test
    void health_is_that_of_the_chat_too() throws Exception {
        try (RunningHost host = new RunningHost()) {
            assertThat(host.get("/actuator/health", "").statusCode()).isEqualTo(200);
            assertThat(chatHealth(host)).isEqualTo("UP");

            host.loseDatabase();
            assertThat(host.get("/actuator/health", "").statusCode()).isEqualTo(503);
            assertThat(chatHealth(host)).isEqualTo("DOWN");
        }
    }

    private static String chatHealth(RunningHost host) throws Exception {
        HttpResponse<String> health = host.get("/actuator/health", TestTokens.of("alice"));
        JSONObject components = new JSONObject(health.body()).getJSONObject("components");
        return components.getJSONObject("chat").getString("status");
    }

    @Test
    void closing_the_context_disconnects_clients_and_frees_the_port() throws Exception {
        RunningHost host = new RunningHost();
        int port = host.chatPort();
        try (Guest alice = new Guest(port, TestTokens.of("alice"))) {
            alice.conversations();
            host.close();

            assertThat(alice.drainNotice().optLong("deadlineMs")).isPositive();
        }
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(free.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void restarted_context_chats_again() {
        try (RunningHost host = new RunningHost()) {
            ChatService before = host.chat();
            host.restart();

            assertThat(host.chat()).isNotSameAs(before);
            assertThat(host.chat()
                            .send("r", NewMessage.system("Back again"))
                            .join()
                            .seq())
                    .isEqualTo(1);
        }
    }

    @Test
    void gauges_of_a_restarted_context_are_those_of_the_new_chat() {
        try (RunningHost host = new RunningHost()) {
            host.restart();
            try (Guest alice = new Guest(host.chatPort(), TestTokens.of("alice"))) {
                alice.conversations();

                Gauge sessions =
                        host.bean(MeterRegistry.class).get("chat.sessions").gauge();
                assertThat(sessions.value()).isEqualTo(1);
            }
        }
    }

    @Test
    void application_without_a_secret_does_not_start() {
        assertThatThrownBy(() -> SpringApplication.run(HostApplication.class, "--spring.main.banner-mode=off"))
                .rootCause()
                .hasMessageContaining("chat.token-secret");
    }
}

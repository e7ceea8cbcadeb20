package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The events about a client's session, from the first to the last. */
class SessionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String REVOKED = "42[\"sessionRevoked\",{\"reason\":\"revoked\",\"reconnect\":false}]";
    private static final String EXPIRED = "42[\"sessionRevoked\",{\"reason\":\"token_expired\",\"reconnect\":true}]";
    private static final String EXPIRING =
            "42[\"tokenExpiring\",{\"expiresAt\":\"2026-01-01T01:00:00.000Z\",\"inMs\":60000}]";

    private final ServerInVirtualTime server = new ServerInVirtualTime(SessionTest::ownerOf);
    private final int port = server.port();
    private final int timers = server.time().timers();

    /** A token is a user, and perhaps the hours that it is good for. */
    private static Principal ownerOf(String token) {
        String[] parts = token.split("/");
        if (parts[0].equals("wrong")) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        Principal principal = Principal.of(parts[0]);
        return parts.length == 1
                ? principal
                : principal.expiringAt(START.plus(Duration.ofHours(Long.parseLong(parts[1]))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawWebSocket connected(String token) {
        return RawWebSocket.connected(port, "{\"token\":\"" + token + "\"}");
    }

    private void advance(Duration duration) {
        server.time().advance(duration);
    }

    @Test
    void session_is_the_first_event_of_a_client() {
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            socket.nextText();
            assertThat(socket.connect("{\"token\":\"ann/1\"}"))
                    .matches("42\\[\"session\",\\{\"protocol\":1,\"sessionId\":\"[^\"]+\",\"userId\":\"ann\","
                            + "\"epoch\":\"[^\"]+\",\"serverTime\":\"2026-01-01T00:00:00.000Z\","
                            + "\"tokenExpiresAt\":\"2026-01-01T01:00:00.000Z\",\"resumed\":false,"
                            + "\"limits\":\\{\"contentLength\":5000,.*\"historyPageMax\":100,.*},\"features\":\\[],"
                            + "\"supports\":\\[]}]");
        }
    }

    @Test
    void session_bears_the_public_id_of_its_connection() {
        RawPolling polling = RawPolling.open(port);
        polling.push("40{\"token\":\"ann\"}");
        String sid = polling.next().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        assertThat(polling.next())
                .contains("\"sessionId\":\"" + sid + "\"")
                .doesNotContain(polling.sid())
                .doesNotContain("tokenExpiresAt");
    }

    @Test
    void expired_token_is_refused() {
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            socket.nextText();
            socket.text("40{\"token\":\"ann/0\"}");
            assertThat(socket.nextText()).contains("\"code\":\"token_expired\",\"retryable\":true");
            assertThat(socket.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void session_whose_token_ended_is_warned_and_then_closed() {
        try (RawWebSocket ann = connected("ann/1")) {
            advance(Duration.ofMinutes(59));
            assertThat(ann.nextText()).isEqualTo(EXPIRING);
            advance(Duration.ofSeconds(84));
            assertThat(ann.ask(1, "[\"joinRoom\",\"r\"]")).contains("\"success\":true");
            advance(Duration.ofSeconds(1));
            assertThat(ann.nextText()).isEqualTo(EXPIRED);
            assertThat(ann.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void new_token_lets_a_session_go_on() {
        try (RawWebSocket ann = connected("ann/1")) {
            advance(Duration.ofMinutes(59));
            assertThat(ann.nextText()).isEqualTo(EXPIRING);
            assertThat(ann.ask(1, "[\"refreshToken\",{\"token\":\"bob\"}]")).contains("\"code\":\"user_mismatch\"");
            assertThat(ann.ask(2, "[\"refreshToken\",{\"token\":\"wrong\"}]")).contains("\"code\":\"unauthenticated\"");
            assertThat(ann.ask(3, "[\"refreshToken\",{\"token\":\"ann/2\"}]"))
                    .isEqualTo("[{\"success\":true,\"expiresAt\":\"2026-01-01T02:00:00.000Z\"}]");
            advance(Duration.ofMinutes(30));
            assertThat(ann.ask(4, "[\"joinRoom\",\"r\"]")).contains("\"success\":true");
            advance(Duration.ofMinutes(30));
            assertThat(ann.nextText()).startsWith("42[\"tokenExpiring\",");
        }
    }

    @Test
    void revoked_sessions_are_notified_and_closed() {
        RawPolling polling = RawPolling.open(port);
        polling.push("40{\"token\":\"ann\"}");
        try (RawWebSocket ann = connected("ann");
                RawWebSocket bob = connected("bob")) {
            assertThat(polling.next()).startsWith("40");
            assertThat(polling.next()).startsWith("42[\"session\",");
            server.chat().revoke("ann").join();
            assertThat(ann.nextText()).isEqualTo(REVOKED);
            assertThat(ann.closeCode()).isEqualTo(1008);
            assertThat(polling.next()).isEqualTo(REVOKED);
            assertThat(polling.next()).isEqualTo("41");
            assertThat(polling.next()).isEqualTo("1");
            await().until(() -> server.connections() == 1);
            assertThat(bob.ask(1, "[\"joinRoom\",\"r\"]")).contains("\"success\":true");
        }
    }

    @Test
    void commands_of_a_revoked_session_are_ignored() {
        RawPolling polling = RawPolling.open(port);
        polling.push("40{\"token\":\"ann\"}");
        polling.next();
        polling.next();
        server.chat().revoke("ann").join();
        polling.push("42[\"sendMessage\",{\"conversationId\":\"r\",\"content\":\"last words\"}]");
        try (RawWebSocket bob = connected("bob")) {
            assertThat(bob.ask(1, "[\"getMessages\",{\"conversationId\":\"r\"}]"))
                    .contains("\"messages\":[]");
        }
    }

    @Test
    void others_receive_joins_leaves_and_viewers() {
        try (RawWebSocket bob = connected("bob")) {
            bob.ask(1, "[\"joinRoom\",\"r\"]");
            try (RawWebSocket ann = connected("ann")) {
                ann.ask(1, "[\"joinRoom\",\"r\"]");
                assertThat(ann.ask(2, "[\"viewing\",{\"conversationId\":\"r\"}]"))
                        .isEqualTo("[{\"success\":true,\"viewers\":[\"ann\"]}]");
                assertThat(bob.nextText())
                        .isEqualTo("42[\"userJoined\",{\"conversationId\":\"r\",\"userId\":\"ann\",\"online\":2}]");
                assertThat(bob.nextText())
                        .isEqualTo("42[\"userViewing\",{\"conversationId\":\"r\",\"userId\":\"ann\"}]");
                ann.ask(3, "[\"setPresence\",{\"status\":\"away\"}]");
                assertThat(bob.nextText())
                        .isEqualTo("42[\"presenceChanged\",{\"userId\":\"ann\",\"status\":\"away\"}]");
            }
            assertThat(bob.nextText()).startsWith("42[\"userStoppedViewing\",");
            assertThat(bob.nextText()).startsWith("42[\"userLeft\",");
            await().until(() -> server.time().timers() > timers);
            advance(Duration.ofSeconds(10));
            assertThat(bob.nextText())
                    .isEqualTo("42[\"presenceChanged\",{\"userId\":\"ann\",\"status\":\"offline\","
                            + "\"lastSeenAt\":\"2026-01-01T00:00:00.000Z\"}]");
        }
    }
}

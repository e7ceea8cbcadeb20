package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.guard.LogLines;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawPolling;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log of a running server: almost empty, and without content of users. */
class QuietLogTest {
    private static final String SECRET = "correct-horse-battery-staple";

    private static Principal ownerOf(String token) {
        if (token.equals("wrong-" + SECRET)) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return Principal.of(token.substring(0, 3));
    }

    @Test
    void ordinary_chat_is_logged_by_two_lines_at_the_start_and_one_at_the_end() {
        try (LogLines log = LogLines.capture()) {
            ChatServer server = ChatServer.builder()
                    .port(0)
                    .host("127.0.0.1")
                    .authenticator(QuietLogTest::ownerOf)
                    .build()
                    .start();
            int port = server.port();
            chat(port);
            server.close();

            assertThat(ofServer(log))
                    .satisfiesExactly(
                            start -> assertThat(start).endsWith("listening on port " + port),
                            settings -> assertThat(settings).contains("configuration: transport="),
                            end -> assertThat(end).endsWith("stopped"));
        }
    }

    /** Netty's leak detector reports leaks whenever it finds them, so they may appear here. */
    private static List<String> ofServer(LogLines log) {
        return log.text()
                .lines()
                .filter(line -> line.matches("\\[.*] \\w+ io\\.roomcast\\..*"))
                .toList();
    }

    private static void chat(int port) {
        RawPolling bob = RawPolling.connected(port, "{\"token\":\"bob-" + SECRET + "\"}");
        bob.ask(1, "[\"joinRoom\",\"r\"]");
        try (RawWebSocket ann = RawWebSocket.connected(port, "{\"token\":\"ann-" + SECRET + "\"}")) {
            ann.ask(1, "[\"joinRoom\",\"r\"]");
            ann.ask(2, "[\"typing\",\"r\"]");
            ann.ask(3, "[\"sendMessage\",{\"conversationId\":\"r\",\"content\":\"" + SECRET + "\"}]");
            ann.ask(4, "[\"markRead\",{\"conversationId\":\"r\",\"upToSeq\":1}]");
            ann.ask(5, "[\"leaveRoom\",\"r\"]");
        }
        RawPolling.leaveAll(port);
    }

    @Test
    void mistakes_of_clients_show_nothing_that_they_wrote() {
        try (LogLines log = LogLines.capture();
                ChatServer server = ChatServer.builder()
                        .port(0)
                        .authenticator(QuietLogTest::ownerOf)
                        .build()
                        .start()) {
            misbehave(server.port());

            assertThat(log.text()).contains("disconnected client: REFUSED").doesNotContain("horse");
        }
    }

    private static void misbehave(int port) {
        try (RawWebSocket ann = RawWebSocket.connected(port, "{\"token\":\"ann-" + SECRET + "\"}")) {
            ann.ask(1, "[\"" + SECRET + "\",{}]");
            ann.ask(2, "[\"sendMessage\",{\"conversationId\":7,\"content\":\"" + SECRET + "\"}]");
            ann.ask(3, "[\"joinRoom\",{\"conversationId\":\"" + SECRET.repeat(9) + "\"}]");
            ann.text("42{\"" + SECRET);
            ann.nextText();
            ann.text("x" + SECRET);
            ann.closeCode();
        }
        try (RawWebSocket stranger = RawWebSocket.open(port)) {
            stranger.nextText();
            stranger.text("40{\"token\":\"wrong-" + SECRET + "\"}");
            stranger.closeCode();
        }
        RawHttp.get(port, "/api/conversations/" + SECRET + "/messages?before=" + SECRET);
    }
}

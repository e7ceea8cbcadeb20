package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.raw.RawHttp;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How clients learn what they missed: by asking, by joining, and by resuming. */
class CatchingUpTest {
    private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]+)\"");
    private static final String HOW_FAR_ANN_IS = "{\"conversationId\":\"r\",\"userId\":\"ann\",\"upToSeq\":2,";

    private ChatServer server;
    private int port;
    private String epoch;

    @BeforeEach
    void start() {
        server = ChatServer.builder().port(0).build().start();
        port = server.port();
        say("first");
        say("second");
        Matcher found =
                EPOCH.matcher(RawHttp.get(port, "/api/conversations/r/messages").body());
        assertThat(found.find()).isTrue();
        epoch = found.group(1);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void say(String content) {
        server.chat().send("r", NewMessage.text("ann", content)).join();
    }

    private String resume(String rooms) {
        return "{\"resume\":{\"epoch\":\"" + epoch + "\",\"rooms\":" + rooms + "}}";
    }

    private static String seqs(String text) {
        StringBuilder seqs = new StringBuilder();
        Pattern.compile("\"seq\":(\\d+),\"version\":\\d+,\"senderId\"")
                .matcher(text)
                .results()
                .forEach(found -> seqs.append(seqs.isEmpty() ? "" : ",").append(found.group(1)));
        return seqs.toString();
    }

    @Test
    void sync_answers_a_page_and_what_it_covers() {
        try (RawWebSocket bob = RawWebSocket.connected(port)) {
            String sync = "[\"syncRoom\",{\"conversationId\":\"r\",\"after\":{\"seq\":1,\"version\":0},\"epoch\":\"";
            String answer = bob.ask(1, sync + epoch + "\"}]");
            assertThat(answer).startsWith("[{\"success\":true,\"conversationId\":\"r\",\"messages\":[{");
            assertThat(seqs(answer)).isEqualTo("2");
            assertThat(answer)
                    .contains("\"receipts\":{\"delivered\":[" + HOW_FAR_ANN_IS, "\"read\":[" + HOW_FAR_ANN_IS)
                    .endsWith(
                            "]},\"covered\":{\"seq\":2,\"version\":0},\"hasMore\":false,\"epoch\":\"" + epoch + "\"}]");
            assertThat(bob.ask(2, sync + "other\"}]")).contains("\"code\":\"position_lost\"");
        }
    }

    @Test
    void joining_with_a_position_answers_what_was_missed() {
        try (RawWebSocket bob = RawWebSocket.connected(port)) {
            String answer = bob.ask(1, "[\"joinRoom\",{\"conversationId\":\"r\",\"after\":{\"seq\":1,\"version\":0}}]");
            assertThat(seqs(answer)).isEqualTo("2");
            assertThat(answer).contains("\"latestSeq\":2,").endsWith("\"hasMore\":false}]");
            say("third");
            assertThat(seqs(bob.nextText())).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"r":{"seq":1,"version":0}} | true
            {}                          | false
            """)
    void session_knows_whether_its_rooms_are_joined_again(String rooms, boolean resumed) {
        try (RawWebSocket bob = RawWebSocket.open(port)) {
            bob.nextText();
            assertThat(bob.connect(resume(rooms))).contains("\"resumed\":" + resumed);
        }
    }

    @Test
    void resumed_session_receives_what_it_missed_and_is_in_the_room() {
        try (RawWebSocket bob = RawWebSocket.connected(port, resume("{\"r\":{\"seq\":1,\"version\":0}}"))) {
            String page = bob.textsUpTo("roomSync").get(0);
            assertThat(page).startsWith("42[\"roomSync\",{\"conversationId\":\"r\",\"messages\":[{");
            assertThat(seqs(page)).isEqualTo("2");
            say("third");
            assertThat(bob.nextText()).startsWith("42[\"receiveMessage\",");
        }
    }

    @Test
    void resumed_session_learns_that_it_knows_another_store() {
        String other = "{\"resume\":{\"epoch\":\"other\",\"rooms\":{\"r\":{\"seq\":1,\"version\":0}}}}";
        try (RawWebSocket bob = RawWebSocket.connected(port, other)) {
            assertThat(bob.textsUpTo("syncRequired"))
                    .last()
                    .isEqualTo("42[\"syncRequired\",{\"conversationId\":\"r\",\"reason\":\"epoch_changed\"}]");
        }
    }

    @Test
    void resuming_takes_the_same_proof_as_coming() {
        try (ChatServer guarded = ChatServer.builder()
                .host("127.0.0.1")
                .port(0)
                .authenticator(token -> {
                    throw ChatException.of(ErrorCode.TOKEN_EXPIRED);
                })
                .build()
                .start()) {
            RawWebSocket socket = RawWebSocket.open(guarded.port());
            socket.nextText();
            String rooms = "{\"r\":{\"seq\":1,\"version\":0}}";
            socket.text("40" + resume(rooms).replaceFirst("\\{", "{\"token\":\"old\","));
            assertThat(socket.nextText()).startsWith("44{").contains("\"code\":\"token_expired\"");
            socket.closeCode();
        }
    }

    @Test
    void rooms_beyond_those_a_session_may_be_in_are_left_aside() {
        StringBuilder rooms = new StringBuilder("{\"0\":{}");
        for (int i = 1; i <= 200; i++) {
            rooms.append(",\"").append(i).append("\":{}");
        }
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            socket.nextText();
            socket.connect(resume(rooms + "}"));
            assertThat(socket.nextText()).isEqualTo("42[\"syncRequired\",{\"reason\":\"gap\"}]");
        }
    }

    @Test
    void sync_is_asked_for_over_http_too() {
        String path = "/api/conversations/r/sync?afterSeq=1&afterVersion=0&limit=5&epoch=";
        assertThat(seqs(RawHttp.get(port, path + epoch).body())).isEqualTo("2");
        assertThat(RawHttp.get(port, path + "other").status()).isEqualTo(410);
        assertThat(RawHttp.get(port, "/api/conversations/r/sync?epoch=e&afterSeq=x")
                        .status())
                .isEqualTo(400);
    }
}

package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.guard.OnEachTransport;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The official Java client with a real server, as the front end written for the Node server uses it. */
@ParameterizedClass
@EnumSource
@OnEachTransport
class JavaClientTest {
    private static final String LONGEST = "x".repeat(5_000);
    private static final String LONGEST_IN_PAIRS = "😀".repeat(2_500);
    private static final String FILE_URL = "https://files.example.com/report.pdf";

    private final String room = UUID.randomUUID().toString();
    private final String otherRoom = UUID.randomUUID().toString();
    private final Transports transports;

    private ServerUnderTest server;
    private JavaChatPage alice;
    private JavaChatPage bob;
    private JavaChatPage outsider;

    enum Transports {
        DEFAULT("websocket"),
        POLLING("polling", "polling"),
        WEBSOCKET("websocket", "websocket");

        private final String last;
        private final String[] tried;

        Transports(String last, String... tried) {
            this.last = last;
            this.tried = tried;
        }
    }

    JavaClientTest(Transports transports) {
        this.transports = transports;
    }

    @BeforeEach
    void all_clients_join() {
        server = ServerUnderTest.open();
        alice = new JavaChatPage(server.url(), "alice", transports.tried);
        bob = new JavaChatPage(server.url(), "bob", transports.tried);
        outsider = new JavaChatPage(server.url(), "outsider", transports.tried);
        outsider.joinAndProve(otherRoom, "outsider is here");
        bob.joinAndProve(room, "bob is here");
        alice.joinAndProve(room, "alice is here");
        bob.message("alice is here");
    }

    @AfterEach
    void all_clients_leave() {
        outsider.sendAndProve(otherRoom, "outsider was here");
        assertThat(outsider.contents()).containsExactly("outsider is here", "outsider was here");
        assertThat(outsider.all("messageError")).isEmpty();
        assertThat(outsider.all("userTyping")).isEmpty();
        assertThat(outsider.all("userStoppedTyping")).isEmpty();
        Stream.of(alice, bob, outsider).forEach(JavaChatPage::close);
        server.close();
    }

    @Test
    void session_is_the_first_event_and_is_sent_once() {
        assertThat(alice.events()).startsWith("session");
        assertThat(alice.all("session")).singleElement().satisfies(session -> {
            assertThat(session.optInt("protocol")).isEqualTo(1);
            assertThat(session.optJSONObject("limits").optInt("contentLength")).isEqualTo(5_000);
        });
    }

    @Test
    void connection_ends_up_on_its_transport() {
        if (transports == Transports.DEFAULT) {
            alice.awaitProbed(transports.last);
        }
        alice.sendAndProve(room, "over which transport?");
        assertThat(alice.lastTransport()).isEqualTo(transports.last);
    }

    @Test
    void text_reaches_the_whole_room() {
        JSONObject own = alice.sendAndProve(room, "Hello!");
        assertMessage(own, "Hello!", "text");
        assertThat(bob.message("Hello!").optString("_id")).isEqualTo(own.optString("_id"));
        assertThat(bob.contents()).containsExactly("bob is here", "alice is here", "Hello!");
        assertThat(alice.contents()).containsExactly("alice is here", "Hello!");
    }

    @Test
    void file_reaches_the_whole_room() {
        alice.sendFile(room, "The report", FILE_URL, "report.pdf");
        for (JavaChatPage page : new JavaChatPage[] {alice, bob}) {
            JSONObject file = page.message("The report");
            assertMessage(file, "The report", "file");
            assertThat(file.optString("fileUrl")).isEqualTo(FILE_URL);
            assertThat(file.optString("fileName")).isEqualTo("report.pdf");
        }
    }

    private void assertMessage(JSONObject message, String content, String type) {
        assertThat(message.optString("_id")).isNotEmpty();
        assertThat(message.optString("conversationId")).isEqualTo(room);
        assertThat(message.optString("senderId")).isEqualTo("alice");
        assertThat(message.optString("content")).isEqualTo(content);
        assertThat(message.optString("type")).isEqualTo(type);
        assertThat(Instant.parse(message.optString("createdAt"))).isNotNull();
    }

    @Test
    void typing_reaches_the_others() {
        bob.typing(room);
        assertTyping(alice.event("userTyping", 0));
        bob.stopTyping(room);
        assertTyping(alice.event("userStoppedTyping", 0));

        bob.sendAndProve(room, "bob has typed");
        alice.message("bob has typed");
        assertThat(alice.all("userTyping")).hasSize(1);
        assertThat(alice.all("userStoppedTyping")).hasSize(1);
        assertThat(bob.all("userTyping")).isEmpty();
        assertThat(bob.all("userStoppedTyping")).isEmpty();
    }

    private void assertTyping(JSONObject typing) {
        assertThat(typing.optString("conversationId")).isEqualTo(room);
        assertThat(typing.optString("userId")).isEqualTo("bob");
    }

    @Test
    void message_without_a_required_field_is_refused() {
        alice.send(Map.of("conversationId", room, "senderId", "alice"));
        assertThat(alice.event("messageError", 0).optString("error")).isEqualTo("Missing required fields");
        alice.send(Map.of("conversationId", room, "content", "from nobody"));
        assertThat(alice.event("messageError", 1).optString("error")).isEqualTo("Missing required fields");
        alice.send(Map.of("senderId", "alice", "content", "to nowhere"));
        assertThat(alice.event("messageError", 2).optString("error")).isEqualTo("Missing required fields");
        assertNothingElseWasHeard(3);
    }

    @Test
    void message_of_more_than_5000_characters_is_refused() {
        alice.send(room, LONGEST + "x");
        assertThat(alice.event("messageError", 0).optString("error")).isEqualTo("Message too long");
        alice.send(room, LONGEST_IN_PAIRS + "x");
        assertThat(alice.event("messageError", 1).optString("error")).isEqualTo("Message too long");
        assertNothingElseWasHeard(2);
    }

    private void assertNothingElseWasHeard(int errors) {
        alice.sendAndProve(room, "that is all");
        bob.message("that is all");
        assertThat(alice.all("messageError")).hasSize(errors);
        assertThat(alice.contents()).containsExactly("alice is here", "that is all");
        assertThat(bob.all("messageError")).isEmpty();
        assertThat(bob.contents()).containsExactly("bob is here", "alice is here", "that is all");
    }

    @Test
    void message_of_5000_characters_passes() {
        alice.sendAndProve(room, LONGEST);
        bob.message(LONGEST);
        alice.sendAndProve(room, LONGEST_IN_PAIRS);
        bob.message(LONGEST_IN_PAIRS);
        assertThat(alice.all("messageError")).isEmpty();
    }

    @Test
    void leaving_ends_the_messages_until_the_next_join() {
        alice.leave(room);
        alice.send(room, "alice has left");
        bob.message("alice has left");
        bob.sendAndProve(room, "while alice is away");

        alice.joinAndProve(room, "alice is back");
        bob.message("alice is back");
        bob.send(room, "welcome back");
        alice.message("welcome back");
        assertThat(alice.contents()).containsExactly("alice is here", "alice is back", "welcome back");
    }

    @Test
    void joining_twice_is_joining_once() {
        alice.join(room);
        alice.sendAndProve(room, "once");
        bob.sendAndProve(room, "and once more");
        alice.message("and once more");
        assertThat(alice.contents()).containsExactly("alice is here", "once", "and once more");
    }
}

package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How changes of messages look on the wire. */
class ChangeEventsTest {
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final String TIME = "\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"";

    private ChatServer server;
    private RawWebSocket ann;
    private RawWebSocket bob;

    @BeforeEach
    void start() {
        server = ChatServer.builder()
                .host("127.0.0.1")
                .port(0)
                .authenticator(Principal::of)
                .build()
                .start();
        ann = joined("ann");
        bob = joined("bob");
    }

    private RawWebSocket joined(String userId) {
        RawWebSocket socket = RawWebSocket.connected(server.port(), "{\"token\":\"" + userId + "\"}");
        socket.ask(1, "[\"joinRoom\",\"r\"]");
        return socket;
    }

    @AfterEach
    void stop() {
        ann.close();
        bob.close();
        server.close();
    }

    private String said(String content) {
        String answer = ann.ask(2, "[\"sendMessage\",{\"conversationId\":\"r\",\"content\":\"" + content + "\"}]");
        Matcher id = ID.matcher(answer);
        assertThat(id.find()).isTrue();
        heard(bob, "receiveMessage");
        return id.group(1);
    }

    private static String heard(RawWebSocket socket, String event) {
        return socket.textsUpTo("[\"" + event + "\"").stream()
                .reduce((before, last) -> last)
                .orElseThrow();
    }

    private static String about(String event, String id, String more) {
        return "[\"" + event + "\",{\"conversationId\":\"r\",\"messageId\":\"" + id + "\"" + more + "}]";
    }

    @Test
    void edited_message_is_answered_and_sent_whole() {
        String id = said("helo");
        String answer = ann.ask(3, about("editMessage", id, ",\"content\":\"hello\""));
        assertThat(answer)
                .startsWith("[{\"success\":true,\"message\":{\"id\":\"" + id + "\"")
                .contains("\"seq\":1,\"version\":1,", "\"content\":\"hello\",")
                .containsPattern("\"editedAt\":" + TIME);
        assertThat(heard(bob, "messageEdited"))
                .startsWith("42[\"messageEdited\",{\"conversationId\":\"r\",\"message\":{\"id\":\"" + id + "\"")
                .contains("\"version\":1,", "\"content\":\"hello\",");
    }

    @Test
    void deleted_message_is_sent_with_its_seq() {
        String id = said("hello");
        assertThat(ann.ask(3, about("deleteMessage", id, "")))
                .isEqualTo("[{\"success\":true,\"messageId\":\"" + id + "\",\"seq\":1,\"version\":1}]");
        assertThat(heard(bob, "messageDeleted"))
                .matches("42\\[\"messageDeleted\",\\{\"conversationId\":\"r\",\"messageId\":\"" + id
                        + "\",\"seq\":1,\"version\":1,\"deletedAt\":" + TIME + ",\"deletedBy\":\"ann\"}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"getMessages\",{\"conversationId\":\"r\"}]",
                "[\"getMessage\",{\"conversationId\":\"r\",\"messageId\":\"ID\"}]",
                "[\"joinRoom\",{\"conversationId\":\"r\",\"after\":{\"seq\":0,\"version\":0}}]",
                "[\"joinRooms\",{\"rooms\":[{\"conversationId\":\"r\",\"after\":{\"seq\":0,\"version\":0}}]}]",
                "[\"syncRoom\",{\"conversationId\":\"r\",\"epoch\":\"EPOCH\"}]",
                "[\"addReaction\",{\"conversationId\":\"r\",\"messageId\":\"ID\",\"key\":\"+1\"}]"
            })
    void own_reaction_is_marked_in_answers_although_it_is_not_among_the_first(String request) {
        String id = reactedByMany();
        String asked = request.replace("ID", id).replace("EPOCH", epoch());
        assertThat(bob.ask(9, asked)).contains("\"user9\"],\"mine\":true}").containsOnlyOnce("mine");
        assertThat(ann.ask(9, asked.replace("addReaction", "getReactions"))).doesNotContain("mine");
    }

    /** Returns the id of a message with a reaction of bob that is not among the first, which are named. */
    private String reactedByMany() {
        String id = said("hello");
        for (int i = 0; i < 10; i++) {
            try (RawWebSocket other = RawWebSocket.connected(server.port(), "{\"token\":\"user" + i + "\"}")) {
                other.ask(1, about("addReaction", id, ",\"key\":\"+1\""));
            }
        }
        bob.ask(8, about("addReaction", id, ",\"key\":\"+1\""));
        return id;
    }

    private String epoch() {
        return ann.ask(8, "[\"getMessages\",{\"conversationId\":\"r\"}]")
                .replaceAll(".*\"epoch\":\"([^\"]+)\".*", "$1");
    }

    /** Each of those who come back at the same time receives the page with the user's own reactions. */
    @ParameterizedTest
    @CsvSource({"bob,2", "user9,1", "cid,0"})
    void own_reactions_are_marked_in_what_a_resumed_session_missed(String user, int own) {
        String id = reactedByMany();
        ann.ask(5, about("addReaction", id, ",\"key\":\"-1\""));
        bob.ask(9, about("addReaction", id, ",\"key\":\"-1\""));
        String resume = "\"resume\":{\"epoch\":\"" + epoch() + "\",\"rooms\":{\"r\":{\"seq\":0,\"version\":0}}}";

        try (RawWebSocket socket =
                RawWebSocket.connected(server.port(), "{\"token\":\"" + user + "\"," + resume + "}")) {
            assertThat(heard(socket, "roomSync").split("\"mine\":true", -1)).hasSize(own + 1);
        }
    }

    @Test
    void reactions_are_sent_with_the_change() {
        String id = said("hello");
        String reactions = "\"reactions\":{\"+1\":{\"count\":1,\"userIds\":[\"ann\"]}}";
        assertThat(ann.ask(3, about("addReaction", id, ",\"key\":\"+1\"")))
                .isEqualTo("[{\"success\":true," + reactions.replace("]}", "],\"mine\":true}") + ",\"version\":1}]");
        assertThat(heard(bob, "messageReactions"))
                .isEqualTo("42"
                        + about(
                                "messageReactions",
                                id,
                                ",\"version\":1," + reactions
                                        + ",\"change\":{\"userId\":\"ann\",\"key\":\"+1\",\"op\":\"add\"}"));
        assertThat(ann.ask(4, about("removeReaction", id, ",\"key\":\"+1\"")))
                .isEqualTo("[{\"success\":true,\"reactions\":{},\"version\":2}]");
        assertThat(heard(bob, "messageReactions")).contains("\"op\":\"remove\"");
    }

    @Test
    void failed_change_without_an_ack_is_a_message_error_that_names_the_message() {
        String id = said("hello");
        bob.text("42" + about("editMessage", id, ",\"content\":\"mine\""));
        assertThat(heard(bob, "messageError"))
                .isEqualTo("42[\"messageError\",{\"error\":\"Not allowed\",\"code\":\"forbidden\",\"retryable\":false,"
                        + "\"conversationId\":\"r\",\"messageId\":\"" + id + "\"}]");
    }

    @Test
    void reply_mentions_and_metadata_travel_with_a_message() {
        String first = said("hello");
        String extras = "\"replyTo\":\"" + first + "\",\"mentions\":[\"bob\"],\"metadata\":{\"a\":[1]}";
        ann.ask(3, "[\"sendMessage\",{\"conversationId\":\"r\",\"content\":\"again\"," + extras + "}]");
        assertThat(heard(bob, "receiveMessage")).contains(extras);
    }
}

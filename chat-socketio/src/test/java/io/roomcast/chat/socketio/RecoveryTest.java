package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.command.AddReaction;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.guard.OnEachTransport;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that their clients have back after they lost the connection. */
@OnEachTransport
class RecoveryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MORE_THAN_KNOWN = 300;

    private final ChatServer server = ChatServer.builder()
            .port(0)
            .host("127.0.0.1")
            .authenticator(Principal::of)
            .connectionStateRecovery()
            .build()
            .start();

    @AfterEach
    void stop() {
        server.close();
    }

    /** What a stock client keeps of a connection. */
    private record Place(String id, String secret, String offset) {
        String auth(String token) {
            return "{\"token\":\"" + token + "\",\"pid\":\"" + secret + "\",\"offset\":\"" + offset + "\"}";
        }
    }

    private RawWebSocket open() {
        RawWebSocket socket = RawWebSocket.open(server.port());
        socket.nextText();
        return socket;
    }

    private static Place connect(RawWebSocket socket, String auth) {
        socket.text("40" + auth);
        JsonNode answer = json(socket.nextText().substring("40".length()));
        assertThat(socket.nextText()).startsWith("42[\"session\",");
        return new Place(answer.path("sid").asText(), answer.path("pid").asText(), "");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(text, malformed);
        }
    }

    private static String token(String userId) {
        return "{\"token\":\"" + userId + "\"}";
    }

    /** Joins, receives one message, and returns the resulting position. */
    private Place settle(RawWebSocket socket, String userId, String room) {
        Place place = connect(socket, token(userId));
        socket.ask(1, "[\"joinRoom\",\"" + room + "\"]");
        return new Place(place.id(), place.secret(), heard(socket, room, "hello"));
    }

    /** Sends a message and returns its offset. */
    private String heard(RawWebSocket socket, String room, String words) {
        say(room, words);
        List<String> texts = socket.textsUpTo("\"" + words + "\"");
        JsonNode event = json(texts.get(texts.size() - 1).substring("42".length()));
        assertThat(event).hasSize(3);
        return event.get(2).textValue();
    }

    private String say(String room, String words) {
        return server.chat().send(room, NewMessage.text("zoe", words)).join().id();
    }

    @Test
    void session_has_its_id_its_rooms_and_what_was_missed() {
        Place place;
        try (RawWebSocket bob = open()) {
            place = settle(bob, "bob", "r");
        }
        say("r", "missed");
        try (RawWebSocket bob = open()) {
            Place again = connect(bob, place.auth("bob"));
            assertThat(again.id()).isEqualTo(place.id());
            assertThat(again.secret()).isEqualTo(place.secret());
            assertThat(bob.nextText()).startsWith("42[\"receiveMessage\",").contains("\"missed\"");
            heard(bob, "r", "live");
        }
    }

    @Test
    void changes_come_as_events() {
        Place place;
        String edited = say("r", "one");
        String deleted = say("r", "two");
        String reacted = say("r", "three");
        try (RawWebSocket bob = open()) {
            place = settle(bob, "bob", "r");
        }
        server.chat().execute(new AddReaction("r", reacted, "+1")).join();
        server.chat().execute(new DeleteMessage("r", deleted)).join();
        server.chat().execute(EditMessage.of("r", edited, "uno")).join();
        say("r", "missed");
        try (RawWebSocket bob = open()) {
            connect(bob, place.auth("bob"));
            assertThat(List.of(bob.nextText(), bob.nextText(), bob.nextText(), bob.nextText()))
                    .satisfiesExactly(
                            text -> assertThat(text)
                                    .startsWith("42[\"receiveMessage\",")
                                    .contains("\"missed\""),
                            text -> assertThat(text)
                                    .startsWith("42[\"messageEdited\",")
                                    .contains("\"+1\""),
                            text -> assertThat(text)
                                    .startsWith("42[\"messageDeleted\",")
                                    .contains(deleted),
                            text -> assertThat(text)
                                    .startsWith("42[\"messageEdited\",")
                                    .contains("\"uno\""));
        }
    }

    @Test
    void lost_packets_are_sent_again() {
        Place place;
        try (RawWebSocket bob = open()) {
            place = settle(bob, "bob", "r");
            heard(bob, "r", "lost on the way");
        }
        try (RawWebSocket bob = open()) {
            connect(bob, place.auth("bob"));
            assertThat(bob.nextText()).contains("\"lost on the way\"");
        }
    }

    @Test
    void client_that_is_lost_again_before_any_event_continues_at_its_position() {
        Place place;
        try (RawWebSocket bob = open()) {
            place = settle(bob, "bob", "r");
        }
        say("r", "missed");
        for (int i = 0; i < 3; i++) {
            try (RawWebSocket bob = open()) {
                assertThat(connect(bob, place.auth("bob")).id()).isEqualTo(place.id());
                assertThat(bob.nextText()).contains("\"missed\"");
            }
        }
    }

    @Test
    void connection_that_only_the_client_knows_to_be_dead_gives_way() {
        try (RawWebSocket dead = open();
                RawWebSocket bob = open()) {
            Place place = settle(dead, "bob", "r");
            say("r", "missed");
            assertThat(connect(bob, place.auth("bob")).id()).isEqualTo(place.id());
            assertThat(bob.nextText()).contains("\"missed\"");
            dead.closeCode();
            heard(bob, "r", "live");
        }
    }

    @Test
    void room_that_was_left_stays_left() {
        Place place;
        try (RawWebSocket bob = open()) {
            place = settle(bob, "bob", "r");
            bob.ask(2, "[\"joinRoom\",\"other\"]");
            bob.ask(3, "[\"leaveRoom\",\"r\"]");
        }
        say("r", "not for bob");
        say("other", "for bob");
        try (RawWebSocket bob = open()) {
            connect(bob, place.auth("bob"));
            assertThat(bob.nextText()).contains("\"for bob\"");
        }
    }

    @Test
    void room_that_the_user_was_put_out_of_stays_closed() {
        Place place;
        try (RawWebSocket bob = open()) {
            place = settle(bob, "bob", "r");
            bob.ask(2, "[\"joinRoom\",\"other\"]");
            server.chat().kick("r", "bob").join();
            bob.textsUpTo("\"userLeft\"");
        }
        say("r", "not for bob");
        say("other", "for bob");
        try (RawWebSocket bob = open()) {
            connect(bob, place.auth("bob"));
            assertThat(bob.nextText()).contains("\"for bob\"");
        }
    }

    private void assertAfresh(Place place, String auth) {
        try (RawWebSocket socket = open()) {
            Place fresh = connect(socket, auth);
            assertThat(fresh.id()).isNotEqualTo(place.id());
            assertThat(fresh.secret()).isNotEmpty().isNotEqualTo(place.secret());
        }
    }

    @Test
    void another_user_gets_nothing_and_takes_nothing() {
        Place place;
        try (RawWebSocket bob = open()) {
            place = settle(bob, "bob", "r");
            assertAfresh(place, place.auth("mallory"));
            heard(bob, "r", "still here");
        }
        assertAfresh(place, place.auth("mallory"));
        try (RawWebSocket bob = open()) {
            assertThat(connect(bob, place.auth("bob")).id()).isEqualTo(place.id());
        }
    }

    @Test
    void who_left_on_purpose_begins_afresh() {
        Place place;
        try (RawWebSocket bob = open()) {
            place = settle(bob, "bob", "r");
            bob.text("41");
            bob.closeCode();
        }
        assertAfresh(place, place.auth("bob"));
    }

    @Test
    void who_was_put_out_begins_afresh() {
        Place place;
        try (RawWebSocket bob = open()) {
            place = settle(bob, "bob", "r");
            server.chat().revoke("bob").join();
            bob.closeCode();
        }
        assertAfresh(place, place.auth("bob"));
    }

    @Test
    void unknown_offset_begins_afresh() {
        Place place;
        try (RawWebSocket bob = open()) {
            place = settle(bob, "bob", "r");
        }
        assertAfresh(place, new Place("", place.secret(), "m99:r").auth("bob"));
    }

    @Test
    void who_missed_too_much_of_what_was_sent_begins_afresh() {
        Place place;
        try (RawWebSocket bob = open()) {
            place = settle(bob, "bob", "r");
            for (int i = 0; i < MORE_THAN_KNOWN; i++) {
                say("r", "more");
            }
            heard(bob, "r", "last");
        }
        assertAfresh(place, place.auth("bob"));
    }

    @Test
    void client_that_is_behind_the_last_sent_event_continues() {
        Place place;
        try (RawWebSocket bob = open()) {
            place = settle(bob, "bob", "r");
            for (int i = 0; i < MORE_THAN_KNOWN; i++) {
                say("r", "more");
            }
            place = new Place(place.id(), place.secret(), heard(bob, "r", "last"));
        }
        say("r", "missed");
        try (RawWebSocket bob = open()) {
            assertThat(connect(bob, place.auth("bob")).id()).isEqualTo(place.id());
            assertThat(bob.nextText()).contains("\"missed\"");
        }
    }

    @Test
    void session_waits_for_two_minutes() {
        try (ServerInVirtualTime timed = new ServerInVirtualTime(Principal::of, true)) {
            Place place = lost(timed);
            timed.time().advance(Duration.ofSeconds(119));
            assertThat(back(timed, place).id()).isEqualTo(place.id());
            timed.time().advance(Duration.ofSeconds(121));
            assertThat(back(timed, place).id()).isNotEqualTo(place.id());
        }
    }

    private static Place lost(ServerInVirtualTime timed) {
        return back(timed, new Place("", "", ""));
    }

    private static Place back(ServerInVirtualTime timed, Place place) {
        try (RawWebSocket bob = RawWebSocket.open(timed.port())) {
            bob.nextText();
            return connect(bob, "{\"token\":\"bob\",\"pid\":\"" + place.secret() + "\"}");
        } finally {
            await().until(() -> timed.connections() == 0);
        }
    }

    @Test
    void client_with_its_own_positions_receives_pages() {
        try (RawWebSocket bob = open()) {
            bob.text(
                    "40{\"token\":\"bob\",\"resume\":{\"epoch\":\"other\",\"rooms\":{\"r\":{\"seq\":0,\"version\":0}}}}");
            assertThat(bob.nextText()).doesNotContain("pid");
            assertThat(bob.textsUpTo("epoch_changed")).isNotEmpty();
        }
    }

    @Test
    void server_without_recovery_gives_no_secret_and_no_offsets() {
        try (ChatServer plain = ChatServer.builder().port(0).build().start();
                RawWebSocket bob = RawWebSocket.open(plain.port())) {
            bob.nextText();
            bob.text("40{\"pid\":\"a\",\"offset\":\"m1:r\"}");
            assertThat(bob.nextText()).doesNotContain("pid");
            bob.nextText();
            bob.ask(1, "[\"joinRoom\",\"r\"]");
            plain.chat().send("r", NewMessage.text("zoe", "hello")).join();
            assertThat(bob.nextText()).endsWith("}}]");
        }
    }
}

package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.InJvmBus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions that their clients have back on another server. */
@Timeout(60)
class RecoveryOnAnotherNodeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BusNetwork network = new BusNetwork();
    private final ChatStore store = ChatStore.inMemory();
    private final InJvmBus busOfOne = network.newBus();
    private final InJvmBus busOfTwo = network.newBus();
    private final ChatServer one = start(busOfOne);
    private final ChatServer two = start(busOfTwo);

    private ChatServer start(InJvmBus bus) {
        return ChatServer.builder()
                .port(0)
                .store(store)
                .cluster(bus)
                .authenticator(Principal::of)
                .connectionStateRecovery()
                .build()
                .start();
    }

    @BeforeEach
    void awaitConnected() {
        eventually(() -> !one.stats().chat().away() && !two.stats().chat().away());
    }

    /** Waits until the servers know each other, which only their requests need. */
    private void awaitNodes() {
        eventually(() -> one.stats().chat().nodes() == 2 && two.stats().chat().nodes() == 2);
    }

    private static void eventually(Callable<Boolean> condition) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(condition);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        network.close();
    }

    /** What a stock client keeps of a connection. */
    private record Kept(String id, String secret, String offset) {}

    /** A connection of a stock client. */
    private static final class Client implements AutoCloseable {
        private final ChatServer server;
        private final RawWebSocket socket;
        private final Kept kept;

        private Client(ChatServer server, String userId, String auth) {
            this.server = server;
            socket = RawWebSocket.open(server.port());
            socket.nextText();
            socket.text("40{\"token\":\"" + userId + "\"" + auth + "}");
            JsonNode answer = json(socket.nextText().substring("40".length()));
            assertThat(socket.nextText()).startsWith("42[\"session\",");
            kept = new Kept(answer.path("sid").asText(), answer.path("pid").asText(), "");
        }

        static Client joined(ChatServer server, String userId) {
            Client client = new Client(server, userId, "");
            assertThat(client.socket.ask(1, "[\"joinRoom\",\"r\"]")).contains("\"success\":true");
            return client;
        }

        static Client recovering(ChatServer server, String userId, Kept kept) {
            String auth = ",\"pid\":\"%s\",\"offset\":\"%s\"".formatted(kept.secret(), kept.offset());
            return new Client(server, userId, auth);
        }

        /** Receives the next message. */
        Kept receives(String content) {
            List<String> texts = socket.textsUpTo("\"" + content + "\"");
            JsonNode event = json(texts.get(texts.size() - 1).substring("42".length()));
            return new Kept(kept.id(), kept.secret(), event.get(2).textValue());
        }

        /** Receives a message before any other one. */
        void receivesFirst(String content) {
            assertThat(socket.textsUpTo("42[\"receiveMessage\","))
                    .last()
                    .asString()
                    .contains("\"" + content + "\"");
        }

        /** Loses the connection, and waits until the server has noticed. */
        @Override
        public void close() {
            socket.close();
            eventually(() -> server.stats().webSockets() == 0);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(text, malformed);
        }
    }

    private void send(String content) {
        two.chat().send("r", NewMessage.text("zoe", content)).join();
    }

    /** Joins on server one, receives a message, and loses the connection. */
    private Kept lost() {
        try (Client bob = Client.joined(one, "bob")) {
            send("first");
            return bob.receives("first");
        }
    }

    private static void assertFresh(ChatServer server, String userId, Kept kept) {
        try (Client client = Client.recovering(server, userId, kept)) {
            assertThat(client.kept.id()).isNotEqualTo(kept.id());
            assertThat(client.kept.secret()).isNotEmpty().isNotEqualTo(kept.secret());
        }
    }

    @Test
    void session_has_its_id_its_rooms_and_what_was_missed() {
        Kept kept = lost();
        send("missed");
        try (Client bob = Client.recovering(two, "bob", kept)) {
            assertThat(bob.kept.id()).isEqualTo(kept.id());
            assertThat(bob.kept.secret()).isEqualTo(kept.secret());
            bob.receivesFirst("missed");
            send("live");
            bob.receivesFirst("live");
        }
    }

    @Test
    void what_was_sent_but_did_not_arrive_is_sent_again() {
        Kept kept;
        try (Client bob = Client.joined(one, "bob")) {
            send("first");
            kept = bob.receives("first");
            send("lost on the way");
            bob.receives("lost on the way");
        }
        try (Client bob = Client.recovering(two, "bob", kept)) {
            bob.receivesFirst("lost on the way");
        }
    }

    @Test
    void client_that_moves_back_and_forth_misses_nothing() {
        Kept kept = lost();
        for (int i = 0; i < 3; i++) {
            for (ChatServer server : List.of(two, one, one)) {
                send("missed " + i);
                try (Client bob = Client.recovering(server, "bob", kept)) {
                    assertThat(bob.kept.id()).isEqualTo(kept.id());
                    kept = bob.receives("missed " + i);
                    bob.socket.ask(2, "[\"joinRoom\",\"r\"]");
                }
            }
        }
    }

    @Test
    void room_that_was_left_on_another_server_stays_left() {
        Kept kept = lost();
        try (Client bob = Client.recovering(two, "bob", kept)) {
            assertThat(bob.socket.ask(2, "[\"joinRoom\",\"other\"]")).contains("true");
            assertThat(bob.socket.ask(3, "[\"leaveRoom\",\"r\"]")).contains("true");
        }
        send("not for bob");
        two.chat().send("other", NewMessage.text("zoe", "for bob")).join();
        try (Client bob = Client.recovering(one, "bob", kept)) {
            bob.receivesFirst("for bob");
        }
    }

    @Test
    void another_user_gets_nothing_and_takes_nothing() {
        Kept kept = lost();
        assertFresh(two, "mallory", kept);
        try (Client bob = Client.recovering(two, "bob", kept)) {
            assertThat(bob.kept.id()).isEqualTo(kept.id());
        }
    }

    @Test
    void session_has_one_connection_on_all_servers() {
        awaitNodes();
        Kept kept = lost();
        try (Client before = Client.recovering(two, "bob", kept);
                Client bob = Client.recovering(one, "bob", kept)) {
            assertThat(before.kept.id()).isEqualTo(kept.id());
            assertThat(bob.kept.id()).isEqualTo(kept.id());
            before.socket.closeCode();
        }
    }

    @Test
    void connection_that_only_the_client_knows_to_be_lost_is_closed() {
        awaitNodes();
        try (Client dead = Client.joined(one, "bob")) {
            send("first");
            Kept kept = dead.receives("first");
            assertFresh(two, "mallory", kept);
            send("missed");
            try (Client bob = Client.recovering(two, "bob", kept)) {
                assertThat(bob.kept.id()).isEqualTo(kept.id());
                bob.receivesFirst("missed");
                dead.socket.closeCode();
            }
        }
    }

    @Test
    void unknown_offset_begins_anew() {
        Kept kept = lost();
        assertFresh(two, "bob", new Kept(kept.id(), kept.secret(), "m99:r"));
    }

    @Test
    void user_who_was_revoked_begins_anew() {
        awaitNodes();
        Kept kept;
        try (Client bob = Client.joined(one, "bob")) {
            send("first");
            kept = bob.receives("first");
            two.chat().revoke("bob").join();
            bob.socket.closeCode();
        }
        assertFresh(two, "bob", kept);
    }

    @Test
    void session_that_is_lost_while_its_server_is_away_is_recovered_there_alone() {
        Kept kept;
        try (Client bob = Client.joined(one, "bob")) {
            send("first");
            kept = bob.receives("first");
            busOfOne.cut();
            eventually(() -> one.stats().chat().away());
        }
        assertFresh(two, "bob", kept);
        try (Client bob = Client.recovering(one, "bob", kept)) {
            assertThat(bob.kept.id()).isEqualTo(kept.id());
        }
    }

    @Test
    void server_that_is_away_cannot_recover_what_others_keep() {
        Kept kept = lost();
        busOfTwo.cut();
        eventually(() -> two.stats().chat().away());
        assertFresh(two, "bob", kept);
    }
}

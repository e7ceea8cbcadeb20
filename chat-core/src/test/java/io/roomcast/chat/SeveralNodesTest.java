package io.roomcast.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ClusterBus;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.BusNetwork.Faults;
import io.roomcast.chat.testkit.InJvmBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several chats with one store and one bus, on their own threads and in real time. */
class SeveralNodesTest extends SeveralNodesCase {
    static Stream<Faults> faults() {
        return Stream.of(
                Faults.NONE,
                new Faults(1, Duration.ofMillis(20), 10, 0),
                new Faults(2, Duration.ofMillis(5), 10, 20),
                new Faults(3, Duration.ofMillis(60), 30, 50));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void each_session_receives_each_message_once_in_order(Faults faults) {
        network = new BusNetwork(faults);
        List<TestNode> three = List.of(node(), node(), node());
        List<TestSession> sessions =
                three.stream().map(node -> node.userIn("ann", "room")).toList();
        for (int i = 0; i < MANY; i++) {
            for (int n = 0; n < 3; n++) {
                three.get(n).run(sessions.get(n), ChatFixture.text("room", i + " of " + n));
            }
        }
        for (int n = 0; n < 3; n++) {
            TestNode node = three.get(n);
            TestSession session = sessions.get(n);
            await().untilAsserted(() -> assertThat(seqsOf(node, session)).isEqualTo(oneTo(3 * MANY)));
            assertThat(node.received().messagesTo(session)).isEqualTo(stored());
            assertThat(node.received().toldTo(session)).noneMatch(SyncRequired.class::isInstance);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void each_session_finally_knows_what_is_stored(Faults faults) {
        network = new BusNetwork(faults);
        List<TestNode> two = List.of(node(), node());
        List<TestSession> sessions =
                two.stream().map(node -> node.userIn("ann", "room")).toList();
        List<Answer<?>> answers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            TestNode node = two.get(i % 2);
            TestSession session = sessions.get(i % 2);
            Message message = send(node, session, "first");
            answers.add(two.get((i + 1) % 2)
                    .run(sessions.get((i + 1) % 2), EditMessage.of("room", message.id(), "second")));
        }
        answers.forEach(Answer::result);
        Map<String, Message> latest = new HashMap<>();
        stored().forEach(message -> latest.put(message.id(), message));
        for (int n = 0; n < 2; n++) {
            TestNode node = two.get(n);
            TestSession session = sessions.get(n);
            await().untilAsserted(() -> assertThat(known(node, session)).isEqualTo(latest));
            assertThat(seqsOf(node, session)).isEqualTo(oneTo(MANY));
            assertThat(versions(node, session)).isSorted().doesNotHaveDuplicates();
        }
    }

    /** Returns what a client knows for which the last event wins. */
    private static Map<String, Message> known(TestNode node, TestSession session) {
        Map<String, Message> known = new HashMap<>();
        for (ChatEvent event : node.received().toldTo(session)) {
            if (event instanceof MessageSent sent) {
                known.put(sent.message().id(), sent.message());
            } else if (event instanceof MessageChanged changed) {
                known.put(changed.message().id(), changed.message());
            }
        }
        return known;
    }

    private static List<Long> versions(TestNode node, TestSession session) {
        return node.received().toldTo(session).stream()
                .filter(MessageChanged.class::isInstance)
                .map(event -> ((MessageChanged) event).message().version())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void sessions_that_join_while_another_node_stores_messages_miss_none(Faults faults) {
        network = new BusNetwork(faults);
        TestNode here = node();
        TestNode there = node();
        TestSession sender = there.user("bob");
        List<TestSession> sessions = new ArrayList<>();
        List<JoinRoom.Joined> joined = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            send(there, sender, "message");
            if (i % 10 == 9) {
                TestSession session = here.user("ann");
                sessions.add(session);
                joined.add(here.run(session, JoinRoom.after("room", new Position(i / 2, 0)))
                        .result());
            }
        }
        for (int i = 0; i < sessions.size(); i++) {
            List<Long> missed = requireNonNull(joined.get(i).missed()).messages().stream()
                    .map(Message::seq)
                    .toList();
            TestSession session = sessions.get(i);
            long first = (i * 10 + 9) / 2 + 1;
            await().untilAsserted(() -> assertThat(Stream.concat(missed.stream(), seqsOf(here, session).stream()))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(first, MANY).boxed().toList()));
        }
    }

    @Test
    void client_that_changes_the_node_receives_nothing_twice() {
        TestNode here = node();
        TestNode there = node();
        TestSession waiting = here.userIn("ann", "room");
        TestSession sender = there.user("bob");
        for (int i = 1; i <= MANY; i++) {
            send(there, sender, "message");
            TestSession moved = here.user("bob");
            JoinRoom.Joined joined =
                    here.run(moved, JoinRoom.after("room", new Position(i, 0))).result();
            assertThat(joined.position().seq()).isEqualTo(i);
            assertThat(seqsOf(here, moved)).isEmpty();
            here.close(moved);
        }
        assertThat(seqsOf(here, waiting)).isEqualTo(oneTo(MANY));
    }

    @Test
    void message_that_is_repeated_on_another_node_is_sent_once() {
        InJvmBus busHere = network().newBus();
        TestNode here = node(busHere);
        TestNode there = node();
        TestSession ann = here.userIn("ann", "room");
        TestSession bob = there.userIn("bob", "room");
        SendMessage message = SendMessage.of("room", null, MessageType.TEXT, "hello", null, "key");
        here.run(here.user("cid"), message).result();
        assertThat(there.run(there.user("cid"), message).result().duplicate()).isTrue();
        send(here, ann, "next");
        await().untilAsserted(() -> assertThat(seqsOf(there, bob)).containsExactly(1L, 2L));
        assertThat(seqsOf(here, ann)).containsExactly(1L, 2L);
        await().until(() -> Objects.equals(listened.get(busHere), 2));
        assertThat(listened).containsOnlyKeys(busHere);
    }

    @Test
    void messages_are_found_in_the_store_while_the_bus_is_down() {
        TestNode here = node();
        TestNode there = node();
        TestSession ann = here.userIn("ann", "room");
        TestSession bob = there.userIn("bob", "room");
        network().disconnect();
        send(here, ann, "one");
        send(there, bob, "two");
        await().untilAsserted(() -> assertThat(seqsOf(here, ann)).containsExactly(1L, 2L));
        await().untilAsserted(() -> assertThat(seqsOf(there, bob)).containsExactly(1L, 2L));
    }

    @Test
    void messages_of_an_outage_arrive_once_the_bus_is_back() {
        TestNode here = node();
        TestNode there = node();
        TestNode third = node();
        TestSession ann = here.userIn("ann", "room");
        TestSession cid = third.userIn("cid", "room");
        awaitDelivery();
        network().disconnect();
        for (int i = 0; i < MANY; i++) {
            send(there, there.user("bob"), "message");
        }
        network().reconnect();
        await().untilAsserted(() -> assertThat(seqsOf(here, ann)).isEqualTo(oneTo(MANY)));
        await().untilAsserted(() -> assertThat(seqsOf(third, cid)).isEqualTo(oneTo(MANY)));
    }

    @Test
    void frame_that_is_lost_alone_is_replaced_by_a_position() {
        InJvmBus bus = network().newBus();
        TestNode here = node(bus);
        TestNode there = node();
        TestSession bob = there.userIn("bob", "room");
        awaitDelivery();
        bus.dropNext(1);
        send(here, here.user("ann"), "hello");
        await().untilAsserted(() -> assertThat(seqsOf(there, bob)).containsExactly(1L));
    }

    @Test
    void nodes_without_a_bus_find_messages_in_the_store() {
        TestNode here = node(ClusterBus.viaStore(Duration.ofMillis(100)));
        TestNode there = node(ClusterBus.viaStore(Duration.ofMillis(100)));
        TestSession ann = here.userIn("ann", "room");
        TestSession annThere = there.userIn("ann", "room");
        Message message = send(here, ann, "first");
        await().until(() -> seqsOf(there, annThere).size() == 1);
        there.run(annThere, EditMessage.of("room", message.id(), "second")).result();
        await().until(() -> versions(here, ann).equals(List.of(1L)));
    }

    @Test
    void store_of_one_node_is_refused() {
        ChatEngineBuilder builder = ChatEngine.builder().cluster(ClusterBus.viaStore(Duration.ofSeconds(1)));
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cluster: ");
    }
}

package io.roomcast.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UnreadChanged;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatListener;
import io.roomcast.chat.spi.ChatStore;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several chats with one store and one bus, on their own threads and in real time. */
@Timeout(60)
class SeveralNodesTest {
    private static final int MANY = 100;

    private final ChatStore store = ChatStore.inMemory();
    private final List<TestNode> nodes = new ArrayList<>();

    /** How many messages the listener of the node on each bus was called with. */
    private final Map<ClusterBus, Integer> listened = new ConcurrentHashMap<>();

    @Nullable
    private BusNetwork network;

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
        if (network != null) {
            network.close();
        }
    }

    private TestNode node(ClusterBus bus) {
        TestNode node = TestNode.of(ChatEngine.builder()
                .store(store)
                .cluster(bus)
                .limits(Limits.builder().queuedPerConversation(10_000).build())
                .listener(new ChatListener() {
                    @Override
                    public void onMessageSent(Message message) {
                        listened.merge(bus, 1, Integer::sum);
                    }
                }));
        nodes.add(node);
        return node;
    }

    private TestNode node() {
        return node(network().newBus());
    }

    private static Message send(TestNode node, TestSession session, String content) {
        return node.run(session, ChatFixture.text("room", content)).result().message();
    }

    private static List<Long> seqsOf(TestNode node, TestSession session) {
        return node.received().messagesTo(session).stream().map(Message::seq).toList();
    }

    private BusNetwork network() {
        network = network == null ? new BusNetwork() : network;
        return network;
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private List<Message> stored() {
        return store.history(new HistoryQuery("room", Anchor.AFTER, 0, 10_000));
    }

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
    void typing_is_sent_to_the_others_on_all_nodes() {
        TestNode here = node();
        TestNode there = node();
        TestSession ann = here.userIn("ann", "room");
        TestSession annThere = there.userIn("ann", "room");
        TestSession bob = there.userIn("bob", "room");
        here.run(ann, StartTyping.of("room")).result();
        await().until(() -> there.received().toldTo(bob).stream().anyMatch(TypingStarted.class::isInstance));
        here.run(ann, StopTyping.of("room")).result();
        await().until(() -> there.received().toldTo(bob).contains(new TypingStopped("room", "ann")));
        assertThat(there.received().toldTo(annThere)).isEmpty();
    }

    @Test
    void receipt_is_sent_to_all_nodes_once() {
        TestNode here = node();
        TestNode there = node();
        TestSession ann = here.userIn("ann", "room");
        TestSession bob = there.userIn("bob", "room");
        send(there, bob, "hello");
        await().until(() -> seqsOf(here, ann).size() == 1);
        here.run(ann, new MarkRead("room", 1)).result();
        await().until(() -> readBy(there, bob).contains("ann"));
        network().awaitDelivery();
        assertThat(readBy(there, bob)).containsOnlyOnce("ann");
        assertThat(readBy(here, ann)).containsOnlyOnce("ann");
    }

    @Test
    void unread_counts_reach_the_user_on_all_nodes() {
        TestNode here = node();
        TestNode there = node();
        here.service().create(NewConversation.group("g", "Group", List.of("ann", "bob")));
        TestSession ann = here.user("ann");
        TestSession bob = there.user("bob");
        TestSession bobHere = here.user("bob");
        network().awaitDelivery();
        here.run(ann, ChatFixture.text("g", "hello")).result();
        await().until(() -> there.received().unreadTo(bob).contains(new UnreadChanged("g", 1, 0, 1, 0, null)));
        assertThat(here.received().unreadTo(bobHere)).contains(new UnreadChanged("g", 1, 0, 1, 0, null));
        there.run(bob, new MarkRead("g", 1)).result();
        await().until(() -> here.received().unreadTo(bobHere).contains(new UnreadChanged("g", 0, 1, 1, 0, null)));
        network().awaitDelivery();
        assertThat(there.received().toldTo(bob))
                .filteredOn(UnreadChanged.class::isInstance)
                .hasSize(2);
    }

    @Test
    void changes_of_a_conversation_reach_its_members_on_all_nodes_in_order() {
        TestNode here = node();
        TestNode there = node();
        TestSession ann = there.user("ann");
        TestSession bob = there.user("bob");
        network().awaitDelivery();
        ChatService chat = here.service();
        chat.create(NewConversation.group("g", "Group", List.of("ann")));
        chat.addMembers("g", Set.of("bob"));
        chat.update("g", "Title", null);
        chat.removeMember("g", "bob");
        chat.addMembers("g", Set.of("bob"));
        await().until(() -> there.received().toldTo(bob).size() == 4);
        await().until(() -> there.received().toldTo(ann).size() == 5);
        assertThat(there.received().toldTo(ann))
                .extracting(event -> (Object) event.getClass())
                .containsExactly(
                        ConversationUpdated.class,
                        MemberAdded.class,
                        ConversationUpdated.class,
                        MemberRemoved.class,
                        MemberAdded.class);
        assertThat(there.received().toldTo(bob).get(3))
                .isInstanceOfSatisfying(
                        MemberAdded.class,
                        added -> assertThat(added.conversation().members()).hasSize(2));
        assertThat(there.received().toldTo(ann).get(4)).isInstanceOfSatisfying(MemberAdded.class, added -> {
            assertThat(added.conversation().members()).isEmpty();
            assertThat(added.conversation().title()).isEqualTo("Title");
        });
    }

    private static List<String> readBy(TestNode node, TestSession session) {
        return node.received().toldTo(session).stream()
                .filter(MessagesRead.class::isInstance)
                .map(event -> ((MessagesRead) event).receipt().userId())
                .toList();
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
        network().awaitDelivery();
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
        network().awaitDelivery();
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

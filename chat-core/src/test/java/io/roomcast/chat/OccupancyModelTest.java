package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.SetPresence;
import io.roomcast.chat.command.SubscribePresence;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.fixture.VirtualNode;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Presence.Status;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.BusNetwork.Faults;
import io.roomcast.chat.testkit.InJvmBus;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays random histories of users on three nodes, over a bus that delays, repeats and loses frames, and compares what
 * clients were sent with what is the case.
 */
@Timeout(120)
class OccupancyModelTest {
    private static final int NODES = 3;
    private static final int STEPS = 150;
    private static final int SETTLED_SECONDS = 40;
    private static final List<String> USERS = List.of("ann", "bob", "cid", "dan");

    private final VirtualTime time = new VirtualTime();
    private final ChatStore store = ChatStore.inMemory();
    private final List<Node> nodes = new ArrayList<>();

    /** The open sessions of the users; those that joined the room; and the status that each has set. */
    private final Map<TestSession, Node> open = new LinkedHashMap<>();

    private final Set<TestSession> joined = new HashSet<>();
    private final Map<TestSession, Status> statuses = new HashMap<>();

    /** A chat with a client that is always there, and knows what it was sent. */
    private final class Node {
        private final Recorder received = new Recorder();
        private final InJvmBus bus;
        private final ChatEngine chat;
        private final TestSession observer;

        private Node(BusNetwork network, int number) {
            bus = network.newBus();
            chat = VirtualNode.builder(store, bus, time).broadcaster(received).build();
            network.awaitDelivery();
            observer = TestSession.of("observer-" + number);
            chat.open(observer);
            run(observer, JoinRoom.of("room"));
            run(observer, new SubscribePresence(USERS));
        }

        private <R> Answer<R> run(TestSession session, Command<R> command) {
            Answer<R> answer = new Answer<>();
            chat.execute(session, command, answer);
            return answer;
        }

        /** Returns who is in the room according to the events of the client. Checks that nothing was sent twice. */
        private Set<String> known() {
            Set<String> present = new HashSet<>();
            for (ChatEvent event : received.comingsToldTo(observer)) {
                if (event instanceof UserJoined join && USERS.contains(join.userId())) {
                    assertThat(present.add(join.userId()))
                            .as("%s joined twice", join.userId())
                            .isTrue();
                } else if (event instanceof UserLeft leave && USERS.contains(leave.userId())) {
                    assertThat(present.remove(leave.userId()))
                            .as("%s left twice", leave.userId())
                            .isTrue();
                }
            }
            return present;
        }

        /** Returns the users' statuses according to the events of the client. Checks that no status was sent twice in a row. */
        private Map<String, Status> knownStatuses() {
            Map<String, Status> known = new HashMap<>();
            USERS.forEach(userId -> known.put(userId, Status.OFFLINE));
            for (ChatEvent event : received.comingsToldTo(observer)) {
                if (event instanceof PresenceChanged changed
                        && USERS.contains(changed.presence().userId())) {
                    Presence presence = changed.presence();
                    assertThat(known.put(presence.userId(), presence.status()))
                            .as(presence.userId())
                            .isNotEqualTo(presence.status());
                }
            }
            return known;
        }

        private Map<String, Status> answered() {
            Map<String, Status> answered = new HashMap<>();
            run(observer, new GetPresence(USERS))
                    .result()
                    .presence()
                    .forEach(presence -> answered.put(presence.userId(), presence.status()));
            return answered;
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("occupancy.seeds", 12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void clients_of_all_nodes_finally_know_what_is_the_case_and_receive_nothing_twice(long seed) {
        Random random = new Random(seed);
        BusNetwork network = new BusNetwork(new Faults(seed, Duration.ofMillis(2), 20, seed % 2 == 0 ? 20 : 0));
        try {
            for (int i = 0; i < NODES; i++) {
                nodes.add(new Node(network, i));
            }
            pass(network, 5);
            for (int i = 0; i < STEPS; i++) {
                step(random, network);
            }
            nodes.forEach(node -> node.bus.restore());
            pass(network, SETTLED_SECONDS);
            assertKnown();
        } finally {
            nodes.forEach(node -> node.chat.close());
            network.close();
        }
    }

    private void pass(BusNetwork network, int seconds) {
        for (int i = 0; i < seconds; i++) {
            network.awaitDelivery();
            time.advance(Duration.ofSeconds(1));
        }
        network.awaitDelivery();
    }

    private void step(Random random, BusNetwork network) {
        Node node = nodes.get(random.nextInt(NODES));
        int kind = random.nextInt(100);
        if (kind < 25) {
            connect(node, USERS.get(random.nextInt(USERS.size())), random.nextBoolean());
        } else if (kind < 45 && !open.isEmpty()) {
            disconnect(any(random));
        } else if (kind < 60 && !open.isEmpty()) {
            change(any(random), random.nextBoolean() ? Status.ONLINE : Status.AWAY);
        } else if (kind < 70 && !open.isEmpty()) {
            joinOrLeave(any(random));
        } else if (kind < 72) {
            node.bus.cut();
        } else if (kind < 76) {
            node.bus.restore();
        } else if (kind < 77) {
            network.restartEmpty();
        } else {
            pass(network, random.nextInt(3));
        }
    }

    private TestSession any(Random random) {
        List<TestSession> sessions = List.copyOf(open.keySet());
        return sessions.get(random.nextInt(sessions.size()));
    }

    private void connect(Node node, String userId, boolean joins) {
        TestSession session = TestSession.of(userId);
        node.chat.open(session);
        open.put(session, node);
        statuses.put(session, Status.ONLINE);
        if (joins) {
            joinOrLeave(session);
        }
    }

    private void disconnect(TestSession session) {
        open.remove(session).chat.close(session);
        joined.remove(session);
        statuses.remove(session);
    }

    private void change(TestSession session, Status status) {
        if (!open.get(session).run(session, new SetPresence(status)).isRefused()) {
            statuses.put(session, status);
        }
    }

    private void joinOrLeave(TestSession session) {
        Node node = open.get(session);
        if (joined.remove(session)) {
            node.run(session, new LeaveRoom("room")).result();
        } else {
            node.run(session, JoinRoom.of("room")).result();
            joined.add(session);
        }
    }

    private void assertKnown() {
        Set<String> present = new HashSet<>();
        joined.forEach(session -> present.add(session.principal().userId()));
        Map<String, Status> expected = new HashMap<>();
        USERS.forEach(userId -> expected.put(userId, Status.OFFLINE));
        statuses.forEach((session, status) -> expected.merge(
                session.principal().userId(), status, (one, other) -> one.compareTo(other) < 0 ? one : other));
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.known()).isEqualTo(present);
            assertThat(node.answered()).isEqualTo(expected);
            assertThat(node.knownStatuses()).isEqualTo(expected);
            TestSession late = TestSession.of("observer-0");
            node.chat.open(late);
            assertThat(node.run(late, JoinRoom.of("room")).result().online()).isEqualTo(present.size() + NODES);
        });
    }
}

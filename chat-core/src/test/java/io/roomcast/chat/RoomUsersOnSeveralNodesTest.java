package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.InJvmBus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is in a room is one answer on all nodes. */
@Timeout(60)
class RoomUsersOnSeveralNodesTest {
    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final InJvmBus busThere = network.newBus();
    private final Node here = new Node(store, network.newBus());
    private final Node there = new Node(store, busThere);

    private static final class Node {
        private final Recorder received = new Recorder();
        private final ChatEngine chat;

        private Node(ChatStore store, InJvmBus bus) {
            chat = ChatEngine.builder()
                    .store(store)
                    .cluster(bus)
                    .broadcaster(received)
                    .build();
        }

        private TestSession user(String userId) {
            TestSession session = TestSession.of(userId);
            chat.open(session);
            return session;
        }

        private int join(TestSession session) {
            return run(session, JoinRoom.of("room")).result().online();
        }

        private TestSession join(String userId) {
            TestSession session = user(userId);
            join(session);
            return session;
        }

        private <R> Answer<R> run(TestSession session, Command<R> command) {
            Answer<R> answer = new Answer<>();
            chat.execute(session, command, answer);
            return answer;
        }

        private List<ChatEvent> joinsAndLeaves(TestSession session) {
            return received.comingsToldTo(session).stream()
                    .filter(event -> !(event instanceof PresenceChanged))
                    .toList();
        }
    }

    @BeforeEach
    void connect() {
        network.awaitDelivery();
    }

    @AfterEach
    void close() {
        here.chat.close();
        there.chat.close();
        network.close();
    }

    private void awaitEvents(Node node, TestSession session, ChatEvent... events) {
        await().untilAsserted(() -> assertThat(node.joinsAndLeaves(session)).containsExactly(events));
    }

    @Test
    void users_on_another_node_join_and_leave_once() {
        TestSession ann = here.join("ann");
        TestSession bob = there.join("bob");
        awaitEvents(here, ann, new UserJoined("room", "bob", 2));
        there.run(bob, new LeaveRoom("room")).result();
        awaitEvents(here, ann, new UserJoined("room", "bob", 2), new UserLeft("room", "bob", 1));
    }

    @Test
    void user_on_two_nodes_joins_with_the_first_and_leaves_with_the_last() {
        TestSession ann = here.join("ann");
        TestSession bobThere = there.join("bob");
        awaitEvents(here, ann, new UserJoined("room", "bob", 2));
        TestSession bobHere = here.join("bob");
        network.awaitDelivery();
        there.chat.close(bobThere);
        network.awaitDelivery();
        awaitEvents(here, ann, new UserJoined("room", "bob", 2));
        here.chat.close(bobHere);
        awaitEvents(here, ann, new UserJoined("room", "bob", 2), new UserLeft("room", "bob", 1));
    }

    @Test
    void answer_to_the_first_join_on_a_node_counts_the_users_of_others() {
        there.join("bob");
        network.awaitDelivery();
        assertThat(here.join(here.user("ann"))).isEqualTo(2);
        assertThat(here.join(here.user("bob"))).isEqualTo(2);
    }

    @Test
    void viewing_is_one_state_on_all_nodes() {
        TestSession ann = here.join("ann");
        TestSession bob = there.join("bob");
        there.run(bob, StartViewing.of("room")).result();
        await().until(() -> here.received.toldTo(ann).contains(new ViewingStarted("room", "bob")));
        assertThat(here.run(ann, StartViewing.of("room")).result().viewers()).containsExactlyInAnyOrder("ann", "bob");
        there.chat.close(bob);
        await().until(() -> here.received.toldTo(ann).contains(new ViewingStopped("room", "bob")));
        assertThat(here.received.toldTo(ann)).containsOnlyOnce(new ViewingStopped("room", "bob"));
    }

    @Test
    void viewer_who_has_not_joined_is_known_on_other_nodes() {
        TestSession ann = here.join("ann");
        TestSession bob = there.user("bob");
        there.run(bob, StartViewing.of("room")).result();
        await().until(() -> here.received.toldTo(ann).contains(new ViewingStarted("room", "bob")));
        assertThat(here.run(ann, StartViewing.of("room")).result().viewers()).containsExactlyInAnyOrder("ann", "bob");
        assertThat(here.join(here.user("cid"))).as("users in the room").isEqualTo(2);
        there.chat.close(bob);
        await().until(() -> here.received.toldTo(ann).contains(new ViewingStopped("room", "bob")));
        assertThat(here.received.toldTo(ann)).containsOnlyOnce(new ViewingStopped("room", "bob"));
        assertThat(here.joinsAndLeaves(ann)).containsExactly(new UserJoined("room", "cid", 2));
    }

    @Test
    void users_of_a_node_that_stops_leave_unless_they_reconnect() {
        TestSession ann = here.join("ann");
        there.join("bob");
        there.join("cid");
        await().until(() -> here.joinsAndLeaves(ann).size() == 2);
        there.chat.close();
        here.join("bob");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> here.joinsAndLeaves(ann).contains(new UserLeft("room", "cid", 2)));
        assertThat(here.joinsAndLeaves(ann)).hasSize(3);
    }

    @Test
    void users_of_a_node_that_is_gone_leave_within_15_seconds() {
        TestSession ann = here.join("ann");
        there.join("bob");
        await().until(() -> here.joinsAndLeaves(ann).size() == 1);
        busThere.cut();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> here.joinsAndLeaves(ann).contains(new UserLeft("room", "bob", 1)));
        busThere.restore();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> here.joinsAndLeaves(ann).size() == 3);
    }

    @Test
    void bus_that_restarts_empty_announces_no_leave() {
        TestSession ann = here.join("ann");
        there.join("bob");
        await().until(() -> here.joinsAndLeaves(ann).size() == 1);
        network.restartEmpty();
        there.join("cid");
        await().until(() -> here.joinsAndLeaves(ann).contains(new UserJoined("room", "cid", 3)));
        assertThat(here.joinsAndLeaves(ann)).hasSize(2);
    }
}

package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.fixture.TestNode;
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
@Timeout(90)
class RoomUsersOnSeveralNodesTest {
    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final InJvmBus busThere = network.newBus();
    private final TestNode here = TestNode.of(store, network.newBus());
    private final TestNode there = TestNode.of(store, busThere);

    @BeforeEach
    void connect() {
        network.awaitDelivery();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        network.close();
    }

    private static int onlineAfterJoin(TestNode node, String userId) {
        return node.run(node.user(userId), JoinRoom.of("room")).result().online();
    }

    private static List<ChatEvent> joinsAndLeaves(TestNode node, TestSession session) {
        return node.received().comingsToldTo(session).stream()
                .filter(event -> !(event instanceof PresenceChanged))
                .toList();
    }

    private void awaitEvents(TestNode node, TestSession session, ChatEvent... events) {
        await().untilAsserted(() -> assertThat(joinsAndLeaves(node, session)).containsExactly(events));
    }

    @Test
    void users_on_another_node_join_and_leave_once() {
        TestSession ann = here.userIn("ann", "room");
        TestSession bob = there.userIn("bob", "room");
        awaitEvents(here, ann, new UserJoined("room", "bob", 2));
        there.run(bob, new LeaveRoom("room")).result();
        awaitEvents(here, ann, new UserJoined("room", "bob", 2), new UserLeft("room", "bob", 1));
    }

    @Test
    void user_on_two_nodes_joins_with_the_first_and_leaves_with_the_last() {
        TestSession ann = here.userIn("ann", "room");
        TestSession bobThere = there.userIn("bob", "room");
        awaitEvents(here, ann, new UserJoined("room", "bob", 2));
        TestSession bobHere = here.userIn("bob", "room");
        network.awaitDelivery();
        there.close(bobThere);
        network.awaitDelivery();
        awaitEvents(here, ann, new UserJoined("room", "bob", 2));
        here.close(bobHere);
        awaitEvents(here, ann, new UserJoined("room", "bob", 2), new UserLeft("room", "bob", 1));
    }

    @Test
    void answer_to_the_first_join_on_a_node_counts_the_users_of_others() {
        there.userIn("bob", "room");
        network.awaitDelivery();
        assertThat(onlineAfterJoin(here, "ann")).isEqualTo(2);
        assertThat(onlineAfterJoin(here, "bob")).isEqualTo(2);
    }

    @Test
    void users_with_long_ids_are_counted_on_all_nodes() {
        int users = 150;
        for (int i = 0; i < users; i++) {
            there.userIn("\u7528".repeat(120) + i, "room");
        }
        TestSession ann = here.userIn("ann", "room");

        await().until(() -> here.run(ann, JoinRoom.of("room")).result().online() == users + 1);
    }

    @Test
    void viewing_is_one_state_on_all_nodes() {
        TestSession ann = here.userIn("ann", "room");
        TestSession bob = there.userIn("bob", "room");
        there.run(bob, StartViewing.of("room")).result();
        await().until(() -> here.received().toldTo(ann).contains(new ViewingStarted("room", "bob")));
        assertThat(here.run(ann, StartViewing.of("room")).result().viewers()).containsExactlyInAnyOrder("ann", "bob");
        there.close(bob);
        await().until(() -> here.received().toldTo(ann).contains(new ViewingStopped("room", "bob")));
        assertThat(here.received().toldTo(ann)).containsOnlyOnce(new ViewingStopped("room", "bob"));
    }

    @Test
    void viewer_who_has_not_joined_is_known_on_other_nodes() {
        TestSession ann = here.userIn("ann", "room");
        TestSession bob = there.user("bob");
        there.run(bob, StartViewing.of("room")).result();
        await().until(() -> here.received().toldTo(ann).contains(new ViewingStarted("room", "bob")));
        assertThat(here.run(ann, StartViewing.of("room")).result().viewers()).containsExactlyInAnyOrder("ann", "bob");
        assertThat(onlineAfterJoin(here, "cid")).as("users in the room").isEqualTo(2);
        there.close(bob);
        await().until(() -> here.received().toldTo(ann).contains(new ViewingStopped("room", "bob")));
        assertThat(here.received().toldTo(ann)).containsOnlyOnce(new ViewingStopped("room", "bob"));
        assertThat(joinsAndLeaves(here, ann)).containsExactly(new UserJoined("room", "cid", 2));
    }

    @Test
    void users_of_a_node_that_stops_leave_unless_they_reconnect() {
        TestSession ann = here.userIn("ann", "room");
        there.userIn("bob", "room");
        there.userIn("cid", "room");
        await().until(() -> joinsAndLeaves(here, ann).size() == 2);
        there.close();
        here.userIn("bob", "room");
        // Within 15 s; the rest is for a busy machine.
        await().atMost(Duration.ofSeconds(25))
                .until(() -> joinsAndLeaves(here, ann).contains(new UserLeft("room", "cid", 2)));
        assertThat(joinsAndLeaves(here, ann)).hasSize(3);
    }

    @Test
    void users_of_a_dead_node_leave_soon() {
        TestSession ann = here.userIn("ann", "room");
        there.userIn("bob", "room");
        await().until(() -> joinsAndLeaves(here, ann).size() == 1);
        busThere.cut();
        // Within 15 s; the rest is for a busy machine.
        await().atMost(Duration.ofSeconds(25))
                .until(() -> joinsAndLeaves(here, ann).contains(new UserLeft("room", "bob", 1)));
        busThere.restore();
        await().atMost(Duration.ofSeconds(25))
                .until(() -> joinsAndLeaves(here, ann).size() == 3);
    }

    @Test
    void bus_that_restarts_empty_announces_no_leave() {
        TestSession ann = here.userIn("ann", "room");
        there.userIn("bob", "room");
        await().until(() -> joinsAndLeaves(here, ann).size() == 1);
        network.restartEmpty();
        there.userIn("cid", "room");
        await().until(() -> joinsAndLeaves(here, ann).contains(new UserJoined("room", "cid", 3)));
        assertThat(joinsAndLeaves(here, ann)).hasSize(2);
    }
}

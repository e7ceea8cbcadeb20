package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.event.RoomStats;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.fixture.VirtualNode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A room is large by its sessions on all nodes, and its numbers are those of all nodes, in virtual time. */
@Timeout(60)
class LargeRoomOnSeveralNodesTest {
    private static final int LARGE = 10;

    private final VirtualTime time = new VirtualTime();
    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final TestNode here = node();
    private final TestNode there = node();

    private TestNode node() {
        return TestNode.of(VirtualNode.builder(store, network.newBus(), time)
                .limits(Limits.builder().largeRoom(LARGE).build()));
    }

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

    private void pass(Duration duration) {
        for (long millis = 0; millis < duration.toMillis(); millis += 100) {
            time.advance(Duration.ofMillis(100));
            network.awaitDelivery();
        }
    }

    private void awaitStats(TestNode node, TestSession session, RoomStats expected) {
        await().untilAsserted(() -> {
            pass(Duration.ofSeconds(1));
            assertThat(node.eventsTo(session, RoomStats.class)).last().isEqualTo(expected);
        });
    }

    @Test
    void sessions_of_all_nodes_count_also_several_of_one_user() {
        TestSession first = here.userIn("ann", "room");
        TestSession second = there.userIn("bob", "room");
        for (int i = 0; i < 4; i++) {
            here.userIn("ann", "room");
            there.userIn("bob", "room");
        }
        pass(Duration.ofSeconds(3));
        assertThat(here.eventsTo(first, RoomStats.class)).isEmpty();
        TestSession last = here.userIn("ann", "room");
        awaitStats(here, first, new RoomStats("room", 2, 0, true));
        awaitStats(there, second, new RoomStats("room", 2, 0, true));
        here.close(last);
        here.close(first);
        awaitStats(there, second, new RoomStats("room", 2, 0, false));
    }

    @Test
    void typing_is_a_number_of_all_nodes() {
        TestSession ann = here.userIn("ann", "room");
        TestSession bob = there.userIn("bob", "room");
        here.run(ann, StartTyping.of("room")).result();
        network.awaitDelivery();
        assertThat(there.eventsTo(bob, TypingStarted.class)).hasSize(1);
        for (int i = 0; i < LARGE; i++) {
            (i % 2 == 0 ? here : there).userIn("u" + i, "room");
        }
        network.awaitDelivery();
        await().untilAsserted(() -> {
            pass(Duration.ofMillis(100));
            assertThat(there.eventsTo(bob, TypingStopped.class)).contains(new TypingStopped("room", "ann"));
        });
        there.run(bob, StartTyping.of("room")).result();
        here.run(ann, StartTyping.of("room")).result();
        await().untilAsserted(() -> {
            here.run(ann, StartTyping.of("room")).result();
            there.run(bob, StartTyping.of("room")).result();
            pass(Duration.ofSeconds(1));
            assertThat(here.eventsTo(ann, RoomStats.class)).contains(new RoomStats("room", LARGE + 2, 2, true));
            assertThat(there.eventsTo(bob, RoomStats.class)).contains(new RoomStats("room", LARGE + 2, 2, true));
        });
        assertThat(here.eventsTo(ann, TypingStarted.class)).isEmpty();
        pass(Duration.ofSeconds(20));
        awaitStats(here, ann, new RoomStats("room", LARGE + 2, 0, true));
        awaitStats(there, bob, new RoomStats("room", LARGE + 2, 0, true));
    }

    @Test
    void dead_node_is_not_counted() {
        TestSession ann = here.userIn("ann", "room");
        for (int i = 0; i < LARGE; i++) {
            there.userIn("u" + i, "room");
        }
        awaitStats(here, ann, new RoomStats("room", LARGE + 1, 0, true));
        there.close();
        await().untilAsserted(() -> {
            pass(Duration.ofSeconds(2));
            assertThat(here.eventsTo(ann, RoomStats.class)).last().isEqualTo(new RoomStats("room", 1, 0, false));
        });
    }
}

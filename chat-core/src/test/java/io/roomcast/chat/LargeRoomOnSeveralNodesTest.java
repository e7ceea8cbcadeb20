package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.RoomStats;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.fixture.VirtualNode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.InJvmBus;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.List;
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
    private final Node here = new Node(network.newBus());
    private final Node there = new Node(network.newBus());

    private final class Node {
        private final Recorder received = new Recorder();
        private final ChatEngine chat;

        private Node(InJvmBus bus) {
            chat = VirtualNode.builder(store, bus, time)
                    .limits(Limits.builder().largeRoom(LARGE).build())
                    .broadcaster(received)
                    .build();
        }

        private TestSession join(String userId) {
            TestSession session = TestSession.of(userId);
            chat.open(session);
            run(session, JoinRoom.of("room"));
            return session;
        }

        private <R> R run(TestSession session, Command<R> command) {
            Answer<R> answer = new Answer<>();
            chat.execute(session, command, answer);
            return answer.result();
        }

        private <E extends ChatEvent> List<E> eventsTo(TestSession session, Class<E> type) {
            return received.toldTo(session).stream()
                    .filter(type::isInstance)
                    .map(type::cast)
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

    private void pass(Duration duration) {
        for (long millis = 0; millis < duration.toMillis(); millis += 100) {
            time.advance(Duration.ofMillis(100));
            network.awaitDelivery();
        }
    }

    private void awaitStats(Node node, TestSession session, RoomStats expected) {
        await().untilAsserted(() -> {
            pass(Duration.ofSeconds(1));
            assertThat(node.eventsTo(session, RoomStats.class)).last().isEqualTo(expected);
        });
    }

    @Test
    void sessions_of_all_nodes_count_also_several_of_one_user() {
        TestSession first = here.join("ann");
        TestSession second = there.join("bob");
        for (int i = 0; i < 4; i++) {
            here.join("ann");
            there.join("bob");
        }
        pass(Duration.ofSeconds(3));
        assertThat(here.eventsTo(first, RoomStats.class)).isEmpty();
        TestSession last = here.join("ann");
        awaitStats(here, first, new RoomStats("room", 2, 0, true));
        awaitStats(there, second, new RoomStats("room", 2, 0, true));
        here.chat.close(last);
        here.chat.close(first);
        awaitStats(there, second, new RoomStats("room", 2, 0, false));
    }

    @Test
    void typing_is_a_number_of_all_nodes() {
        TestSession ann = here.join("ann");
        TestSession bob = there.join("bob");
        here.run(ann, StartTyping.of("room"));
        network.awaitDelivery();
        assertThat(there.eventsTo(bob, TypingStarted.class)).hasSize(1);
        for (int i = 0; i < LARGE; i++) {
            (i % 2 == 0 ? here : there).join("u" + i);
        }
        network.awaitDelivery();
        await().untilAsserted(() -> {
            pass(Duration.ofMillis(100));
            assertThat(there.eventsTo(bob, TypingStopped.class)).contains(new TypingStopped("room", "ann"));
        });
        there.run(bob, StartTyping.of("room"));
        here.run(ann, StartTyping.of("room"));
        await().untilAsserted(() -> {
            here.run(ann, StartTyping.of("room"));
            there.run(bob, StartTyping.of("room"));
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
    void node_that_is_gone_counts_no_longer() {
        TestSession ann = here.join("ann");
        for (int i = 0; i < LARGE; i++) {
            there.join("u" + i);
        }
        awaitStats(here, ann, new RoomStats("room", LARGE + 1, 0, true));
        there.chat.close();
        await().untilAsserted(() -> {
            pass(Duration.ofSeconds(2));
            assertThat(here.eventsTo(ann, RoomStats.class)).last().isEqualTo(new RoomStats("room", 1, 0, false));
        });
    }
}

package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.InJvmBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes, of which one fails in a part. In real time. */
@Timeout(90)
class NodeFailuresTest {
    /** Until a node is gone, and then until the others compare their rooms with the store. */
    private static final Duration UNTIL_COMPARED = Duration.ofSeconds(40);

    private final BusNetwork network = new BusNetwork();
    private final ChatStore store = ChatStore.inMemory();
    private final List<Node> nodes = new ArrayList<>();
    private final Node failing = new Node();
    private final Node other = new Node();

    private final class Node {
        private final FailingStore access = new FailingStore(store);
        private final InJvmBus bus = network.newBus();
        private final Recorder received = new Recorder();
        private final ChatEngine chat = ChatEngine.builder()
                .store(access)
                .cluster(bus)
                .broadcaster(received)
                .build();

        private Node() {
            nodes.add(this);
        }

        private TestSession userInRoom(String userId) {
            TestSession session = TestSession.of(userId);
            chat.open(session);
            run(session, JoinRoom.of("room")).result();
            return session;
        }

        private <R> Answer<R> run(TestSession session, Command<R> command) {
            Answer<R> answer = new Answer<>();
            chat.execute(session, command, answer);
            return answer;
        }

        private List<String> textsTo(TestSession session) {
            return received.messagesTo(session).stream().map(Message::content).toList();
        }
    }

    @AfterEach
    void close() {
        nodes.forEach(node -> node.access.recover());
        nodes.forEach(node -> node.chat.close());
        network.close();
    }

    @Test
    void message_of_a_node_that_dies_before_it_publishes_is_found_in_the_store() {
        TestSession ann = failing.userInRoom("ann");
        TestSession bob = other.userInRoom("bob");
        await().until(() -> other.chat.service().stats().nodes() == 2);
        failing.bus.cut();
        network.awaitDelivery();
        failing.run(ann, ChatFixture.text("room", "the last one")).result();

        await().atMost(UNTIL_COMPARED)
                .untilAsserted(() -> assertThat(other.textsTo(bob)).containsExactly("the last one"));
        assertThat(other.chat.service().stats().nodes()).isEqualTo(1);
    }

    @Test
    void node_without_its_store_refuses_messages_and_receives_those_of_others() {
        TestSession ann = failing.userInRoom("ann");
        TestSession bob = other.userInRoom("bob");
        network.awaitDelivery();
        failing.access.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        assertThat(failing.run(ann, ChatFixture.text("room", "refused"))
                        .refusal()
                        .code())
                .isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
        other.run(bob, ChatFixture.text("room", "hello")).result();

        await().untilAsserted(() -> assertThat(failing.textsTo(ann)).containsExactly("hello"));
        failing.access.recover();
        failing.run(ann, ChatFixture.text("room", "stored")).result();
        await().untilAsserted(() -> assertThat(other.textsTo(bob)).containsExactly("hello", "stored"));
    }
}

package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.FailingStore;
import io.roomcast.chat.fixture.TestNode;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.testkit.InJvmBus;
import java.time.Duration;
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
    private final FailingStore access = new FailingStore(store);
    private final InJvmBus bus = network.newBus();
    private final TestNode failing = TestNode.of(access, bus);
    private final TestNode other = TestNode.of(store, network.newBus());

    @AfterEach
    void close() {
        access.recover();
        failing.close();
        other.close();
        network.close();
    }

    @Test
    void message_of_a_node_that_dies_before_it_publishes_is_found_in_the_store() {
        TestSession ann = failing.userIn("ann", "room");
        TestSession bob = other.userIn("bob", "room");
        await().until(() -> other.service().stats().nodes() == 2);
        bus.cut();
        network.awaitDelivery();
        failing.run(ann, ChatFixture.text("room", "the last one")).result();

        await().atMost(UNTIL_COMPARED)
                .untilAsserted(() -> assertThat(other.textsTo(bob)).containsExactly("the last one"));
        assertThat(other.service().stats().nodes()).isEqualTo(1);
    }

    @Test
    void node_without_its_store_refuses_messages_and_receives_those_of_others() {
        TestSession ann = failing.userIn("ann", "room");
        TestSession bob = other.userIn("bob", "room");
        network.awaitDelivery();
        access.failWith(() -> ChatException.of(ErrorCode.STORAGE_UNAVAILABLE));
        assertThat(failing.run(ann, ChatFixture.text("room", "refused"))
                        .refusal()
                        .code())
                .isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
        other.run(bob, ChatFixture.text("room", "hello")).result();

        await().untilAsserted(() -> assertThat(failing.textsTo(ann)).containsExactly("hello"));
        access.recover();
        failing.run(ann, ChatFixture.text("room", "stored")).result();
        await().untilAsserted(() -> assertThat(other.textsTo(bob)).containsExactly("hello", "stored"));
    }
}

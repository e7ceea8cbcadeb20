package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.Recorder;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.fixture.VirtualNode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.testkit.BusNetwork;
import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How late messages are on other nodes during and after an outage of the bus, in virtual time. */
@Timeout(60)
class BusOutageTest {
    private static final Duration STEP = Duration.ofMillis(100);

    /** The most that a message is late while no node is connected. */
    private static final Duration THROUGH_STORE = Duration.ofSeconds(4);

    /** The time after the return of the bus until nothing is late. */
    private static final Duration RETURN = Duration.ofSeconds(5);

    private final VirtualTime time = new VirtualTime();
    private final ChatStore store = ChatStore.inMemory();
    private final BusNetwork network = new BusNetwork();
    private final Recorder received = new Recorder();
    private final ChatEngine here = node();
    private final ChatEngine there = node();
    private final List<TestSession> readers = new ArrayList<>();
    private final TestSession sender = TestSession.of("ann");

    private ChatEngine node() {
        return VirtualNode.builder(store, network.newBus(), time)
                .broadcaster(received)
                .build();
    }

    @BeforeEach
    void connect() {
        network.awaitDelivery();
        here.open(sender);
        for (int room = 0; room < 3; room++) {
            TestSession reader = TestSession.of("bob" + room);
            there.open(reader);
            there.execute(reader, JoinRoom.of("room" + room), new Answer<>());
            readers.add(reader);
            pass(STEP);
        }
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        network.close();
    }

    private void pass(Duration duration) {
        for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
            network.awaitDelivery();
            time.advance(STEP);
        }
        network.awaitDelivery();
    }

    private void send() {
        for (int room = 0; room < readers.size(); room++) {
            here.execute(sender, ChatFixture.text("room" + room, "hello"), new Answer<>());
        }
    }

    private void assertReceived(long last) {
        assertThat(readers)
                .allSatisfy(reader -> assertThat(received.messagesTo(reader).stream()
                                .map(Message::seq)
                                .toList())
                        .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 1_000, 1_900, 30_000})
    void message_is_received_through_the_store_within_4_seconds(int millisIntoTheOutage) {
        network.disconnect();
        pass(Duration.ofMillis(millisIntoTheOutage));
        send();
        pass(THROUGH_STORE);
        assertReceived(1);
        send();
        pass(THROUGH_STORE);
        assertReceived(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 3_000, 9_000, 60_000})
    void nothing_is_late_5_seconds_after_the_return(int outageMillis) {
        network.disconnect();
        send();
        pass(Duration.ofMillis(outageMillis));
        send();
        network.restartEmpty();
        pass(RETURN);
        assertReceived(2);
        send();
        pass(STEP);
        assertReceived(3);
    }
}

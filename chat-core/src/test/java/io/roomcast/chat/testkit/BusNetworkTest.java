package io.roomcast.chat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusNetworkTest {
    private static final int MANY = 2_000;

    private final BusNetwork network = new BusNetwork(new BusNetwork.Faults(3, Duration.ofNanos(100_000), 5, 20));
    private final RecordingListener sending = new RecordingListener();
    private final RecordingListener receiving = new RecordingListener();

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void frames_are_lost_with_a_report_or_repeated_but_never_reordered() {
        InJvmBus sender = network.newBus();
        InJvmBus receiver = network.newBus();
        sender.open("a", sending);
        receiver.open("b", receiving);
        receiver.subscribe(List.of("c:1")).toCompletableFuture().join();
        for (int i = 0; i < MANY; i++) {
            sender.publish("c:1", BusCase.bytes("%04d".formatted(i)));
            if (i % 50 == 0) {
                network.awaitDelivery();
            }
        }
        network.awaitDelivery();

        List<String> received = receiving.receivedIn("c:1");
        assertThat(received).isSorted();
        assertThat(received.stream().distinct().count()
                        + sending.unacknowledged().size())
                .isEqualTo(MANY);
        assertThat(received)
                .hasSizeGreaterThan((int) received.stream().distinct().count());
        assertThat(sending.unacknowledged()).isNotEmpty();
    }
}

package io.roomcast.chat.testkit;

import java.time.Duration;
import org.junit.jupiter.api.Nested;

class InJvmBusTest {
    @Nested
    class WithoutFaults extends ClusterBusContract {
        @Override
        protected BusHarness newHarness() {
            return new BusNetwork();
        }
    }

    @Nested
    class WithDelays extends ClusterBusContract {
        @Override
        protected BusHarness newHarness() {
            return new BusNetwork(new BusNetwork.Faults(7, Duration.ofMillis(2), 0, 0));
        }
    }
}

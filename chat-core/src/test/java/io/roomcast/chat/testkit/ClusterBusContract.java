package io.roomcast.chat.testkit;

import org.junit.jupiter.api.Nested;

/**
 * The tests that every {@link io.roomcast.chat.spi.ClusterBus} must pass. A bus's author extends this class:
 *
 * <pre>{@code
 * class MyBusTest extends ClusterBusContract {
 *     @Override
 *     protected BusHarness newHarness() {
 *         return new MyHarness();
 *     }
 * }
 * }</pre>
 */
public abstract class ClusterBusContract {
    /** Returns the other side of buses; called once for each test, which closes it. */
    protected abstract BusHarness newHarness();

    @Nested
    class Frames extends BusFramesContract {
        Frames() {
            super(ClusterBusContract.this::newHarness);
        }
    }

    @Nested
    class Entries extends BusEntriesContract {
        Entries() {
            super(ClusterBusContract.this::newHarness);
        }
    }

    @Nested
    class Outage extends BusOutageContract {
        Outage() {
            super(ClusterBusContract.this::newHarness);
        }
    }
}

package io.roomcast.chat.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** A clock over a counter of nanoseconds. Safe for use by any thread. */
final class VirtualClock extends Clock {
    private final AtomicReference<Instant> origin;
    private final LongSupplier nanos;

    VirtualClock(Instant origin, LongSupplier nanos) {
        this.origin = new AtomicReference<>(origin);
        this.nanos = nanos;
    }

    void adjust(Duration change) {
        origin.updateAndGet(before -> before.plus(change));
    }

    @Override
    public Instant instant() {
        return origin.get().plusNanos(nanos.getAsLong());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("virtual time is UTC");
    }
}

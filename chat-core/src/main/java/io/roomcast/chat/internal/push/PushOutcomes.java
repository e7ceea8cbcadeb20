package io.roomcast.chat.internal.push;

import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Handles the answers of push services. Blocks for the store. */
final class PushOutcomes {
    /** The number of refusals in a row after which a device is removed. */
    static final int MAX_REFUSALS = 3;

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(15);

    private final HostPort port = new HostPort("push service");
    private final Devices devices;
    private final PushQueue queue;
    private final Consumer<PendingPush> shown;

    /**
     * Creates an instance.
     *
     * @param shown receives what a device shows from now on and can remove silently; may block
     */
    PushOutcomes(Devices devices, PushQueue queue, Consumer<PendingPush> shown) {
        this.devices = devices;
        this.queue = queue;
        this.shown = shown;
    }

    /** Returns the delay after so many failed attempts, at least 1. */
    static Duration backoff(int attempts) {
        Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, 10));
        return delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay;
    }

    /**
     * Returns what handles the outcome of a notification in the queue.
     *
     * @param seq the sequence number of the message of which it notifies, which may be newer than the planned one
     * @param decision decides again; may block
     */
    PushDelivery.Listener of(HeldPush one, long seq, Supplier<@Nullable PushDelivery> decision) {
        return new PushDelivery.Listener() {
            @Override
            public boolean starts(Duration limit) {
                return queue.renew(one, limit);
            }

            @Override
            public @Nullable PushDelivery decideAgain() {
                return decision.get();
            }

            @Override
            public void finished(PushDevice device, PushResult result, Instant notBefore) {
                if (result.outcome() == PushResult.Outcome.LATER) {
                    Instant next = queue.now().plus(backoff(one.stored().attempts() + 1));
                    retry(one.newest().failed(), next.isBefore(notBefore) ? notBefore : next);
                    return;
                }
                record(device, result);
                if (result.outcome() == PushResult.Outcome.DELIVERED && devices.isSilent(device.platform())) {
                    shown.accept(queue.shown(one, seq));
                } else {
                    queue.done(one);
                }
            }

            @Override
            public void postponed(Instant until) {
                retry(one.newest(), until);
            }

            private void retry(PendingPush next, Instant at) {
                if (at.isBefore(next.expiresAt())) {
                    queue.retry(one, next.due(at));
                } else {
                    queue.done(one);
                }
            }
        };
    }

    /** Records what a final answer says of the device. */
    void record(PushDevice device, PushResult result) {
        try {
            switch (result.outcome()) {
                case DELIVERED -> {
                    if (device.refusals() > 0) {
                        devices.updateRefusals(device.withRefusals(0));
                    }
                }
                case GONE -> devices.remove(device);
                case REFUSED -> refused(device, result);
                case INVALID, LATER ->
                    port.warn("of " + device.platform() + " did not accept a notification: " + result.reason());
            }
        } catch (RuntimeException outage) {
            port.warn("has answered, but the store failed: " + HostPort.describe(outage));
        }
    }

    private void refused(PushDevice device, PushResult result) {
        port.warn("of " + device.platform() + " refused this server; check its keys: " + result.reason());
        PushDevice counted = device.withRefusals(device.refusals() + 1);
        if (counted.refusals() >= MAX_REFUSALS) {
            devices.remove(device);
        } else {
            devices.updateRefusals(counted);
        }
    }
}

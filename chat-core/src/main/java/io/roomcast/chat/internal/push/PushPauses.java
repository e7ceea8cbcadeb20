package io.roomcast.chat.internal.push;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.spi.PushResult;
import io.roomcast.chat.spi.PushResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Until when the devices of one push service must wait. A time that the service states is that of one device: push services
 * limit the rate of each. Only if it accepts nothing for several devices within a minute, it may be overloaded, and all of
 * its devices wait. Safe for use by any thread; never blocks.
 */
final class PushPauses {
    /** The number of devices in a row, within {@link #WINDOW}, whose failures stop the whole service. */
    static final int MANY_DEVICES = 3;

    static final Duration WINDOW = Duration.ofMinutes(1);

    /** The longest time that one device waits. */
    static final Duration MAX_OF_DEVICE = Duration.ofHours(1);

    /**
     * The longest time that all devices wait. After a wait of more than {@link #WINDOW}, several devices must fail again
     * before all wait; after a shorter one, a single failure is enough.
     */
    static final Duration MAX_OF_SERVICE = Duration.ofMinutes(15);

    /** The most devices that are known to wait. Others are asked too early, which costs an answer. */
    static final int MAX_DEVICES = 1_000;

    /** The devices that must wait. */
    @GuardedBy("this")
    private final Map<String, Instant> devices = new LinkedHashMap<>();

    /** When devices failed, since the service has accepted a notification. */
    @GuardedBy("this")
    private final Map<String, Instant> failures = new LinkedHashMap<>();

    /** How often in a row the whole service was stopped. */
    @GuardedBy("this")
    private int stops;

    @GuardedBy("this")
    private Instant serviceUntil = Instant.EPOCH;

    /** Returns the time from which notifications for a device are accepted; in the past if they are now. */
    synchronized Instant until(String deviceId) {
        Instant own = devices.getOrDefault(deviceId, Instant.EPOCH);
        return own.isAfter(serviceUntil) ? own : serviceUntil;
    }

    /** Returns whether no notification is accepted now. */
    synchronized boolean isStopped(Instant now) {
        return now.isBefore(serviceUntil);
    }

    /** Records an answer. */
    synchronized void answered(String deviceId, PushResult result, Instant now) {
        if (result.outcome() != Outcome.LATER) {
            failures.clear();
            devices.remove(deviceId);
            stops = 0;
            return;
        }
        Duration stated = result.retryAfter();
        if (stated != null) {
            pauseDevice(deviceId, now, now.plus(shorter(stated, MAX_OF_DEVICE)));
        }
        failures.values().removeIf(at -> Duration.between(at, now).compareTo(WINDOW) > 0);
        if (failures.size() < MANY_DEVICES) {
            failures.put(deviceId, now);
        }
        if (failures.size() >= MANY_DEVICES && !isStopped(now)) {
            stops++;
            Duration pause = stated == null ? PushOutcomes.backoff(stops) : stated;
            serviceUntil = now.plus(shorter(pause, MAX_OF_SERVICE));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @GuardedBy("this")
    private void pauseDevice(String deviceId, Instant now, Instant until) {
        if (devices.size() >= MAX_DEVICES) {
            devices.values().removeIf(end -> !now.isBefore(end));
        }
        if (devices.size() < MAX_DEVICES) {
            devices.put(deviceId, until);
        }
    }

    /** Returns whether nothing is known that matters later. */
    synchronized boolean isEmpty(Instant now) {
        devices.values().removeIf(end -> !now.isBefore(end));
        return devices.isEmpty() && !isStopped(now);
    }
}

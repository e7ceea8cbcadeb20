package io.roomcast.chat.internal.push;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One push service: what waits to be sent, and how many calls are in progress. Safe for use by any thread; never blocks. */
final class PushService {
    /** The most calls at a time, so that a service that hangs does not use up all threads. */
    static final int MAX_CALLS = 8;

    /** The most notifications of messages, and of calls, that wait here; the others wait in the store, or for a timer. */
    static final int MAX_WAITING = 256;

    static final Duration PAUSE_WHEN_FULL = Duration.ofSeconds(10);

    @GuardedBy("this")
    private final Deque<PushDelivery> waiting = new ArrayDeque<>();

    /** Notifications of calls, which are sent before all others. */
    @GuardedBy("this")
    private final Deque<PushDelivery> urgent = new ArrayDeque<>();

    @GuardedBy("this")
    private int calls;

    private final PushPauses pauses = new PushPauses();

    /** Adds a notification. Returns null, or the time until which it must wait elsewhere. */
    synchronized @Nullable Instant add(PushDelivery delivery, Instant now) {
        Instant until = pauses.until(delivery.device().id());
        if (now.isBefore(until)) {
            return until;
        }
        Deque<PushDelivery> queue = delivery.message().urgency() == PushMessage.Urgency.HIGH ? urgent : waiting;
        if (queue.size() >= MAX_WAITING) {
            return now.plus(PAUSE_WHEN_FULL);
        }
        queue.add(delivery);
        return null;
    }

    /** Returns whether the caller is to make calls, beginning with {@link #next}. */
    synchronized boolean tryStart() {
        boolean isNeeded = calls < MAX_CALLS && !(urgent.isEmpty() && waiting.isEmpty());
        calls += isNeeded ? 1 : 0;
        return isNeeded;
    }

    /** Returns the notification that waits longest, those of calls first. If there is none, the caller's calls have ended. */
    synchronized @Nullable PushDelivery next() {
        PushDelivery next = urgent.isEmpty() ? waiting.poll() : urgent.poll();
        calls -= next == null ? 1 : 0;
        return next;
    }

    /** Records an answer. Returns the time from which notifications for the device are accepted. */
    Instant answered(PushDevice device, PushResult result, Instant now) {
        pauses.answered(device.id(), result, now);
        return pauses.until(device.id());
    }

    /** Returns the time from which notifications for a device are accepted; in the past if they are now. */
    Instant until(PushDevice device) {
        return pauses.until(device.id());
    }

    /** Returns whether no notification is accepted now. */
    boolean isStopped(Instant now) {
        return pauses.isStopped(now);
    }

    /** Removes and returns all that waits. */
    synchronized List<PushDelivery> takeAll() {
        List<PushDelivery> taken = new ArrayList<>(urgent);
        taken.addAll(waiting);
        urgent.clear();
        waiting.clear();
        return taken;
    }

    /** Returns whether nothing is known of the service that matters later. */
    synchronized boolean isIdle(Instant now) {
        return urgent.isEmpty() && waiting.isEmpty() && calls == 0 && pauses.isEmpty(now);
    }
}

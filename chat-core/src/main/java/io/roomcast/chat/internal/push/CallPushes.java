package io.roomcast.chat.internal.push;

import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.CallStore;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notifies devices of calls: that one rings, and how its ringing ended. What cannot be sent now is sent later, until it is
 * of no use. Safe for use by any thread; blocks only the workers.
 *
 * <p>A ring whose end is known is not sent any more. If it was being sent at that time, the end is sent once more after it,
 * because the ring may have reached the device last.
 */
final class CallPushes {
    /** The most notifications of calls that wait in memory to be sent again. */
    static final int MAX_WAITING = 10_000;

    /** How long it is known which calls no longer ring; longer than they do. */
    private static final Duration KNOWN = Duration.ofMinutes(2);

    private static final int MAX_KNOWN = 50_000;

    /** The longest pause between two attempts to send a ring, which is of use for less than a minute. */
    private static final Duration LONGEST_PAUSE_OF_RING = Duration.ofSeconds(5);

    /**
     * A notification and the time from which it is of no use.
     *
     * @param call what to notify of
     */
    private record Alert(PushedCall call, Instant expiresAt) {}

    /** A call that rang for a user. */
    private record Rung(String callId, String userId) {}

    private final HostPort port = new HostPort("notifications of calls");
    private final AtomicInteger waiting = new AtomicInteger();
    private final TtlCache<Rung, Alert> ended;
    private final Supplier<CallStore> store;
    private final PushParts parts;

    /** Creates an instance that knows of no call. */
    CallPushes(Supplier<CallStore> store, PushParts parts) {
        this.ended = new TtlCache<>(parts.clock(), KNOWN, MAX_KNOWN, alert -> 1);
        this.store = store;
        this.parts = parts;
    }

    /** Notifies all devices of the users. */
    void send(PushedCall call) {
        Alert alert = alert(call);
        execute(() -> send(alert, 1));
    }

    /** Records an end of which another server notifies the devices, so that no ring follows it. */
    void endedElsewhere(PushedCall end) {
        Alert unused = alert(end);
    }

    private Alert alert(PushedCall call) {
        Alert alert = new Alert(call, parts.now().plus(call.timeToLive()));
        if (call.isEnd()) {
            call.userIds().forEach(userId -> ended.merge(new Rung(call.callId(), userId), alert, (old, now) -> now));
        }
        return alert;
    }

    private void execute(Runnable task) {
        try {
            parts.workers().execute(task);
        } catch (RejectedExecutionException closed) {
            // The message about the call, which is stored, notifies of its end.
        }
    }

    private void send(Alert alert, int attempt) {
        attempt(
                () -> parts.devices().recent(alert.call().userIds()).keySet().forEach(userId -> send(userId, alert, 1)),
                alert,
                attempt,
                next -> send(alert, next));
    }

    /** Decides for each user alone, as the host's code may fail for one of them. */
    private void send(String userId, Alert alert, int attempt) {
        attempt(
                () -> {
                    if (isWanted(userId, alert)) {
                        parts.devices().current(List.of(userId)).values().forEach(device -> send(device, alert, 1));
                    }
                },
                alert,
                attempt,
                next -> send(userId, alert, next));
    }

    private boolean isWanted(String userId, Alert alert) {
        String conversationId = alert.call().conversationId();
        return isCurrent(userId, alert)
                && parts.recipients()
                        .called()
                        .apply(List.of(userId), conversationId)
                        .contains(userId)
                && parts.recipients().mayRead().test(userId, conversationId);
    }

    /** Returns whether the notification is still of use, by what is known here. */
    private boolean isCurrent(String userId, Alert alert) {
        return parts.now().isBefore(alert.expiresAt())
                && (alert.call().isEnd()
                        || ended.getIfPresent(new Rung(alert.call().callId(), userId)) == null);
    }

    private void send(PushDevice device, Alert alert, int attempt) {
        attempt(
                () -> parts.services().submit(delivery(device, alert, attempt)),
                alert,
                attempt,
                next -> sendAgain(device, alert, next));
    }

    private PushDelivery delivery(PushDevice device, Alert alert, int attempt) {
        Instant now = parts.now();
        PushMessage message = parts.composer().compose(device, alert.call(), Duration.between(now, alert.expiresAt()));
        return new PushDelivery(device, message, now, new Sending(device, alert, attempt));
    }

    /** Notifies a device that was known some time ago. */
    private void sendAgain(PushDevice known, Alert alert, int attempt) {
        attempt(
                () -> {
                    PushDevice device = current(known, alert);
                    if (device != null) {
                        send(device, alert, attempt);
                    }
                },
                alert,
                attempt,
                next -> sendAgain(known, alert, next));
    }

    /**
     * Returns a device as it is now; null if it was removed, or if its user is not to be notified any more. During an outage
     * a ring goes to the known device, because it would be of no use later.
     */
    private @Nullable PushDevice current(PushDevice known, Alert alert) {
        String userId = known.userId();
        try {
            return isWanted(userId, alert)
                    ? parts.devices().current(List.of(userId)).get(known.id())
                    : null;
        } catch (RuntimeException outage) {
            if (alert.call().isEnd()) {
                throw outage;
            }
            return isCurrent(userId, alert) ? known : null;
        }
    }

    /** Makes an attempt, and another one later if the store or the host's code fails. */
    private void attempt(Runnable task, Alert alert, int attempt, IntConsumer again) {
        try {
            task.run();
        } catch (RuntimeException outage) {
            port.warn("failed with " + HostPort.describe(outage));
            later(parts.now().plus(pause(alert, attempt)), alert, () -> again.accept(attempt + 1));
        }
    }

    private static Duration pause(Alert alert, int attempt) {
        Duration pause = PushOutcomes.backoff(attempt);
        boolean isTooLong = !alert.call().isEnd() && pause.compareTo(LONGEST_PAUSE_OF_RING) > 0;
        return isTooLong ? LONGEST_PAUSE_OF_RING : pause;
    }

    private void later(Instant at, Alert alert, Runnable task) {
        if (!at.isBefore(alert.expiresAt())) {
            return;
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            port.warn("dropped a notification, as " + MAX_WAITING + " wait already");
            return;
        }
        Future<?> unused = parts.scheduler().schedule(Duration.between(parts.now(), at), () -> {
            waiting.decrementAndGet();
            execute(task);
        });
    }

    /** One notification on its way to a device. */
    private final class Sending implements PushDelivery.Listener {
        private final PushDevice device;
        private final Alert alert;
        private final int attempt;

        private Sending(PushDevice device, Alert alert, int attempt) {
            this.device = device;
            this.alert = alert;
            this.attempt = attempt;
        }

        /** Asks the store before a ring is sent again, as the notice of its end from another server may be lost. */
        @Override
        public boolean starts(Duration limit) {
            boolean isCertain = attempt == 1 || alert.call().isEnd();
            return isCurrent(device.userId(), alert) && (isCertain || mayRing());
        }

        @Override
        public @Nullable PushDelivery decideAgain() {
            try {
                PushDevice found = current(device, alert);
                return found == null ? null : delivery(found, alert, attempt);
            } catch (RuntimeException outage) {
                port.warn("failed with " + HostPort.describe(outage));
                postponed(parts.now().plus(pause(alert, attempt)));
                return null;
            }
        }

        private boolean mayRing() {
            try {
                return store.get()
                        .find(alert.call().callId())
                        .filter(call -> call.ringing().contains(device.userId()))
                        .isPresent();
            } catch (RuntimeException outage) {
                return true;
            }
        }

        @Override
        public void finished(PushDevice answered, PushResult result, Instant notBefore) {
            if (result.outcome() == PushResult.Outcome.LATER) {
                Instant next = parts.now().plus(pause(alert, attempt));
                postponed(next.isBefore(notBefore) ? notBefore : next);
            } else {
                parts.outcomes().record(answered, result);
            }
            Alert end = ended.getIfPresent(new Rung(alert.call().callId(), device.userId()));
            if (end != null && !alert.call().isEnd() && result.outcome() != PushResult.Outcome.GONE) {
                sendAgain(device, end, 1);
            }
        }

        @Override
        public void postponed(Instant until) {
            if (isCurrent(device.userId(), alert)) {
                later(until, alert, () -> sendAgain(device, alert, attempt + 1));
            }
        }
    }
}

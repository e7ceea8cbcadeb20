package io.roomcast.chat.internal.push;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.model.PendingPush;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.spi.DeviceStore;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Has devices remove what they show, once the user has read it elsewhere. Only devices of platforms that can be silent are
 * notified, and only if they may show something. Several reads of a moment become one notification.
 *
 * <p>Safe for use by any thread; only a worker blocks for the store.
 */
final class PushReads {
    /** How long reads are gathered. */
    static final Duration GATHER = Duration.ofSeconds(1);

    /**
     * The most conversations of users that wait, and the most that wait to be sent again. What others have read stays on
     * their devices.
     */
    static final int MAX_WAITING = 10_000;

    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private record Place(String userId, String conversationId) {}

    private final HostPort port = new HostPort("notifications of what was read");

    /** What was read, by where. */
    @GuardedBy("this")
    private Map<Place, Long> waiting = new HashMap<>();

    /** What was read and is to be sent again, by where. Each has one timer. */
    @GuardedBy("this")
    private final Map<Place, Long> postponed = new HashMap<>();

    private final Supplier<DeviceStore> store;
    private final PushParts parts;

    /** Creates an instance to which nothing has been reported. */
    PushReads(Supplier<DeviceStore> store, PushParts parts) {
        this.store = store;
        this.parts = parts;
    }

    /** A user has read the messages up to a sequence number. */
    void add(String userId, String conversationId, long seq) {
        if (parts.devices().anySilent() && gather(new Place(userId, conversationId), seq)) {
            schedule(GATHER);
        }
    }

    /** A device shows a notification, whose message the user may have read while it was sent. Blocks for the store. */
    void shown(PendingPush push) {
        try {
            long readSeq = parts.recipients().readSeq().apply(push.userId(), push.conversationId());
            if (readSeq >= push.seq()) {
                add(push.userId(), push.conversationId(), readSeq);
            }
        } catch (RuntimeException outage) {
            port.warn("failed with " + HostPort.describe(outage));
        }
    }

    /** Returns whether this is the first one that waits. */
    private synchronized boolean gather(Place place, long seq) {
        boolean isFirst = waiting.isEmpty();
        if (waiting.size() < MAX_WAITING || waiting.containsKey(place)) {
            waiting.merge(place, seq, Math::max);
        }
        return isFirst;
    }

    private void schedule(Duration delay) {
        Future<?> unused = parts.scheduler().schedule(delay, () -> {
            try {
                parts.workers().execute(this::sendAll);
            } catch (RejectedExecutionException closed) {
                // What is shown expires, or is removed when the application starts.
            }
        });
    }

    private synchronized Map<Place, Long> takeAll() {
        Map<Place, Long> taken = waiting;
        waiting = new HashMap<>();
        return taken;
    }

    private void sendAll() {
        Map<Place, Long> reads = takeAll();
        try {
            Map<String, List<Devices.Name>> recent = parts.devices()
                    .recent(reads.keySet().stream().map(Place::userId).collect(Collectors.toSet()));
            reads.keySet().removeIf(place -> !recent.containsKey(place.userId()));
            reads.forEach((place, seq) -> send(place, seq, recent.getOrDefault(place.userId(), List.of())));
        } catch (RuntimeException outage) {
            port.warn("failed with " + HostPort.describe(outage));
        }
    }

    private void send(Place place, long seq, List<Devices.Name> recent) {
        List<String> silent = recent.stream()
                .filter(device -> parts.devices().isSilent(device.platform()))
                .map(Devices.Name::id)
                .toList();
        if (silent.isEmpty()) {
            return;
        }
        List<PendingPush> shown = shown(store.get().pushes(silent, place.conversationId()), seq);
        if (!shown.isEmpty()) {
            Map<String, PushDevice> current = parts.devices().current(List.of(place.userId()));
            Map<String, Long> unread = parts.recipients().unread().apply(place.userId());
            shown.forEach(push -> send(push, current.get(push.deviceId()), seq, unread));
        }
    }

    /**
     * Returns what devices show although it was read. Devices that are about to be notified of a newer message are left
     * out: that replaces what they show, and one of the same topic that follows it might replace it before it is shown.
     */
    private static List<PendingPush> shown(List<PendingPush> stored, long readSeq) {
        Set<String> soonNotified = stored.stream()
                .filter(push -> !push.isShown() && push.seq() > readSeq)
                .map(PendingPush::deviceId)
                .collect(Collectors.toSet());
        return stored.stream()
                .filter(push -> push.isShown() && push.seq() <= readSeq)
                .filter(push -> !soonNotified.contains(push.deviceId()))
                .toList();
    }

    private void send(PendingPush shown, @Nullable PushDevice device, long seq, Map<String, Long> unread) {
        PushDelivery delivery = delivery(shown, device, seq, unread);
        if (delivery != null) {
            parts.services().submit(delivery);
        }
    }

    private @Nullable PushDelivery delivery(
            PendingPush shown, @Nullable PushDevice device, long seq, Map<String, Long> unread) {
        Instant now = parts.now();
        Duration timeToLive = Duration.between(now, shown.expiresAt());
        if (device == null || timeToLive.isNegative()) {
            forget(shown);
            return null;
        }
        return new PushDelivery(
                device, parts.composer().composeRead(shown, seq, unread, timeToLive), now, new Sending(shown, seq));
    }

    /** One notification on its way to a device. */
    private final class Sending implements PushDelivery.Listener {
        private final PendingPush shown;
        private final long seq;

        private Sending(PendingPush shown, long seq) {
            this.shown = shown;
            this.seq = seq;
        }

        @Override
        public boolean starts(Duration limit) {
            return true;
        }

        @Override
        public @Nullable PushDelivery decideAgain() {
            String userId = shown.userId();
            try {
                PushDevice device = parts.devices().current(List.of(userId)).get(shown.deviceId());
                return delivery(shown, device, seq, parts.recipients().unread().apply(userId));
            } catch (RuntimeException outage) {
                port.warn("failed with " + HostPort.describe(outage));
                postponed(parts.now());
                return null;
            }
        }

        @Override
        public void finished(PushDevice answered, PushResult result, Instant notBefore) {
            if (result.outcome() == PushResult.Outcome.LATER) {
                postponed(notBefore);
            } else {
                parts.outcomes().record(answered, result);
                forget(shown);
            }
        }

        @Override
        public void postponed(Instant until) {
            again(shown, seq, until);
        }
    }

    /** Tries again unless the device shows a newer notification by then. */
    private void again(PendingPush shown, long seq, Instant notBefore) {
        Place place = new Place(shown.userId(), shown.conversationId());
        if (postpone(place, seq)) {
            Duration wait = Duration.between(parts.now(), notBefore);
            Future<?> unused = parts.scheduler()
                    .schedule(
                            wait.compareTo(RETRY_AFTER) > 0 ? wait : RETRY_AFTER,
                            () -> add(place.userId(), place.conversationId(), takePostponed(place)));
        }
    }

    /** Returns whether this is the first one of its place, which needs a timer. */
    private synchronized boolean postpone(Place place, long seq) {
        boolean isFirst = !postponed.containsKey(place);
        if (!isFirst || postponed.size() < MAX_WAITING) {
            postponed.merge(place, seq, Math::max);
            return isFirst;
        }
        return false;
    }

    private synchronized long takePostponed(Place place) {
        Long seq = postponed.remove(place);
        return seq == null ? 0 : seq;
    }

    private void forget(PendingPush shown) {
        try {
            store.get().removePushes(List.of(shown));
        } catch (RuntimeException outage) {
            port.warn("could not use the store: " + HostPort.describe(outage));
        }
    }
}

package io.roomcast.chat.internal.push;

import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.PushResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends notifications through the push services. Each service has a queue and at most a few threads, so one that is
 * slow or hangs delays no other. Safe for use by any thread.
 */
final class PushServices {
    /**
     * How long a notification may wait until it is decided about again: the message may be read or deleted by then, and the
     * device removed.
     */
    static final Duration MAX_AGE = Duration.ofSeconds(5);

    private static final int MANY_SERVICES = 1_000;

    private final Map<String, PushService> services = new ConcurrentHashMap<>();
    private final HostPort port = new HostPort("push notifier");
    private final Devices devices;
    private final SafeScheduler scheduler;
    private final Executor threads;
    private final Executor workers;
    private final ChatMetrics metrics;
    private final Clock clock;

    /**
     * Creates an instance without services.
     *
     * @param threads calls the notifiers
     * @param workers runs what blocks for the store, also while all threads hang
     */
    PushServices(
            Devices devices,
            SafeScheduler scheduler,
            Executor threads,
            Executor workers,
            ChatMetrics metrics,
            Clock clock) {
        this.devices = devices;
        this.scheduler = scheduler;
        this.threads = threads;
        this.workers = workers;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Sends a notification now or soon. Its listener may be called on this thread, and may block. */
    void submit(PushDelivery delivery) {
        PushNotifier notifier = devices.notifier(delivery.device().platform());
        if (notifier == null) {
            delivery.listener().finished(delivery.device(), PushResult.invalid("no notifier"), Instant.EPOCH);
            return;
        }
        PushService service = service(notifier, delivery.device());
        Instant until = service.add(delivery, clock.instant());
        if (until != null) {
            delivery.listener().postponed(until);
        } else if (service.tryStart()) {
            start(service);
        }
    }

    private PushService service(PushNotifier notifier, PushDevice device) {
        if (services.size() > MANY_SERVICES) {
            Instant now = clock.instant();
            services.values().removeIf(service -> service.isIdle(now));
        }
        return services.computeIfAbsent(
                notifier.platform() + " " + nameOf(notifier, device), name -> new PushService());
    }

    private String nameOf(PushNotifier notifier, PushDevice device) {
        try {
            @Nullable String name = notifier.service(device);
            return name == null ? "" : name;
        } catch (RuntimeException failure) {
            port.warn("failed with " + HostPort.describe(failure));
            return "";
        }
    }

    private void start(PushService service) {
        try {
            threads.execute(() -> sendAll(service));
        } catch (RejectedExecutionException busyOrClosed) {
            Instant until = clock.instant().plus(PushService.PAUSE_WHEN_FULL);
            for (PushDelivery one = service.next(); one != null; one = service.next()) {
                one.listener().postponed(until);
            }
        }
    }

    private void sendAll(PushService service) {
        for (PushDelivery one = service.next(); one != null; one = service.next()) {
            Instant until = service.until(one.device());
            if (clock.instant().isBefore(until)) {
                one.listener().postponed(until);
            } else {
                send(service, one);
            }
        }
    }

    private void send(PushService service, PushDelivery waiting) {
        PushNotifier notifier = devices.notifier(waiting.device().platform());
        try {
            PushDelivery delivery = waiting.listener().starts(PushCall.LIMIT) ? current(waiting) : null;
            if (notifier != null && delivery != null) {
                new PushCall(port, workers, result -> answered(service, delivery, result))
                        .run(notifier, delivery, scheduler);
            }
        } catch (RuntimeException failure) {
            port.warn("could not be used: " + HostPort.describe(failure));
        }
    }

    private @Nullable PushDelivery current(PushDelivery waiting) {
        boolean isOld = clock.instant().isAfter(waiting.decidedAt().plus(MAX_AGE));
        if (!isOld) {
            return waiting;
        }
        PushDelivery decided = waiting.listener().decideAgain();
        // The decision took a part of the time for which this server may send it.
        return decided != null && decided.listener().starts(PushCall.LIMIT) ? decided : null;
    }

    private void answered(PushService service, PushDelivery delivery, PushResult result) {
        metrics.onPush(delivery.device().platform(), result.outcome());
        Instant now = clock.instant();
        Instant notBefore = service.answered(delivery.device(), result, now);
        delivery.listener().finished(delivery.device(), result, notBefore);
        if (service.isStopped(now)) {
            service.takeAll().forEach(one -> one.listener().postponed(service.until(one.device())));
        }
    }
}

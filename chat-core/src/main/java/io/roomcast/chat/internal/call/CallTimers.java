package io.roomcast.chat.internal.call;

import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.spi.CallStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has calls looked at when they are due: those that this server has changed by timers, and those of servers that were
 * killed by a sweep of the store. Renews the participants of this server, and forgets those of calls that do not exist any
 * more. Safe for use by any thread.
 */
final class CallTimers implements AutoCloseable {
    static final Duration RENEWAL = Duration.ofSeconds(30);
    static final Duration SWEEP = Duration.ofSeconds(15);

    private static final Logger log = LoggerFactory.getLogger(CallTimers.class);
    private static final Duration SLACK = Duration.ofMillis(5);
    private static final int SWEPT = 100;

    private final Map<String, Future<?>> timers = new ConcurrentHashMap<>();
    private final CallChanges changes;
    private final CallDevices devices;
    private final CallAnnouncer announcer;
    private final CallStore store;
    private final SafeScheduler scheduler;
    private final Executor workers;
    private final Clock clock;
    private volatile boolean isClosed;

    CallTimers(
            CallChanges changes,
            CallDevices devices,
            CallAnnouncer announcer,
            CallStore store,
            SafeScheduler scheduler,
            Executor workers,
            Clock clock) {
        this.changes = changes;
        this.devices = devices;
        this.announcer = announcer;
        this.store = store;
        this.scheduler = scheduler;
        this.workers = workers;
        this.clock = clock;
    }

    void start() {
        changes.onChange(this::schedule);
        repeat(RENEWAL, this::renew);
        repeat(SWEEP, () -> workers.execute(this::sweep));
    }

    private void repeat(Duration interval, Runnable task) {
        if (!isClosed) {
            Future<?> unused = scheduler.schedule(interval, () -> {
                task.run();
                repeat(interval, task);
            });
        }
    }

    private void schedule(Call call) {
        Future<?> replaced = call.isEnded() ? timers.remove(call.callId()) : timers.put(call.callId(), timer(call));
        if (replaced != null) {
            replaced.cancel(false);
        }
    }

    private Future<?> timer(Call call) {
        Duration wait = Duration.between(clock.instant(), CallState.dueAt(call)).plus(SLACK);
        return scheduler.schedule(wait, () -> fire(call.callId()));
    }

    private void fire(String callId) {
        timers.remove(callId);
        changes.look(callId);
    }

    private void renew() {
        devices.calls().forEach(callId -> changes.later(callId, () -> renew(callId)));
    }

    private void renew(String callId) {
        List<CallDevice> here = List.copyOf(devices.of(callId));
        List<String> connected = here.stream()
                .filter(device -> device.session() != null)
                .map(CallDevice::participantId)
                .toList();
        try {
            CallStep step = changes.apply(callId, call -> CallState.renew(call, connected, clock.instant()));
            changes.finish(step);
            here.stream()
                    .filter(device ->
                            step.call().participant(device.participantId()).isEmpty())
                    .forEach(this::forgetLater);
        } catch (ChatException failure) {
            if (failure.code() == ErrorCode.CALL_NOT_FOUND) {
                here.forEach(this::forgetLater);
            }
            throw failure;
        }
    }

    /** Another server has ended the call, or the part of the device. Its notice may be on its way, or lost. */
    private void forgetLater(CallDevice device) {
        Future<?> unused =
                scheduler.schedule(RENEWAL, () -> changes.later(device.callId(), () -> announcer.forget(device)));
    }

    private void sweep() {
        try {
            store.due(clock.instant().minus(SLACK), SWEPT).forEach(call -> changes.look(call.callId()));
        } catch (ChatException unavailable) {
            log.debug("could not look for calls: {}", unavailable.code());
        }
    }

    @Override
    public void close() {
        isClosed = true;
        timers.values().forEach(timer -> timer.cancel(false));
    }
}

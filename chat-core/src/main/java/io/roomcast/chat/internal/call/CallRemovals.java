package io.roomcast.chat.internal.call;

import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.spi.CallStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the part of users who may no longer take part in calls. While the store fails or too much waits for a call, it tries
 * again, since nothing else would end it. Safe for use by any thread; blocks only the workers.
 */
final class CallRemovals {
    private static final Logger log = LoggerFactory.getLogger(CallRemovals.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final int MAX_WAITING = 10_000;

    private final AtomicInteger waiting = new AtomicInteger();
    private final CallChanges changes;
    private final CallStore store;
    private final SafeScheduler scheduler;
    private final Executor workers;
    private final Clock clock;

    CallRemovals(CallChanges changes, CallStore store, SafeScheduler scheduler, Executor workers, Clock clock) {
        this.changes = changes;
        this.store = store;
        this.scheduler = scheduler;
        this.workers = workers;
        this.clock = clock;
    }

    /** A user may no longer take part in the calls of a conversation. */
    void remove(String conversationId, String userId) {
        remove(conversationId, userId, 1);
    }

    /** Follows the starts and the joins that are carried out at this time, as one of them may be about to add the user. */
    private void remove(String conversationId, String userId, int attempt) {
        Runnable again = () -> again(attempt, next -> remove(conversationId, userId, next));
        changes.afterStarts(
                conversationId,
                () -> store.in(List.of(conversationId)).forEach(call -> remove(call.callId(), userId, again)),
                again);
    }

    private void remove(String callId, String userId, Runnable again) {
        changes.changeLater(callId, found -> CallState.remove(found, userId, clock.instant()), again);
    }

    /** The server has ended the session of a device. */
    void leave(CallDevice device) {
        leave(device, 1);
    }

    private void leave(CallDevice device, int attempt) {
        changes.changeLater(
                device.callId(),
                call -> CallState.leave(call, device.participantId(), CallLeaveReason.REMOVED, clock.instant()),
                () -> again(attempt, next -> leave(device, next)));
    }

    private void again(int attempt, IntConsumer task) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            log.warn("a removed user may remain in a call, as {} removals wait already", MAX_WAITING);
            return;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
        Future<?> unused = scheduler.schedule(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, () -> {
            waiting.decrementAndGet();
            workers.execute(() -> task.accept(attempt + 1));
        });
    }
}

package io.roomcast.chat.internal.receipt;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.ReceiptStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes receipts to the store with a short delay, all of them in one call (write-behind). Holds one of each user,
 * conversation and kind: the one that counts. Safe for use by any thread; only {@link #close} blocks.
 *
 * <p>A crash loses the receipts of the last moment, which clients soon send again. While the store is unavailable,
 * receipts wait, up to {@link #MAX_RECEIPTS}.
 */
final class ReceiptWriteBuffer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReceiptWriteBuffer.class);

    /** The delay between a receipt and its write, and the least pause between two writes. */
    static final Duration DELAY = Duration.ofMillis(50);

    /** The pause after a write that failed. */
    static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    static final int MAX_RECEIPTS = 100_000;

    /** The most receipts of one write. */
    private static final int GROUP = 5_000;

    @GuardedBy("this")
    private final Map<ReceiptKey, Receipt> waiting = new LinkedHashMap<>();

    /** What follows the writes of waiting receipts. */
    @GuardedBy("this")
    private final Map<ReceiptKey, Runnable> followUps = new HashMap<>();

    private final ReceiptStore store;
    private final ConversationLanes lanes;
    private final SafeScheduler scheduler;
    private final InFlight inFlight;

    /** The timer of the next write, or null if none is scheduled. */
    @Nullable
    @GuardedBy("this")
    private Future<?> timer;

    @GuardedBy("this")
    private boolean isWriting;

    @GuardedBy("this")
    private boolean isStoreUnavailable;

    @GuardedBy("this")
    private boolean closed;

    ReceiptWriteBuffer(ReceiptStore store, ConversationLanes lanes, SafeScheduler scheduler, InFlight inFlight) {
        this.store = store;
        this.lanes = lanes;
        this.scheduler = scheduler;
        this.inFlight = inFlight;
    }

    /** Adds a receipt. Returns false, and drops it, if too many wait or the buffer is closed. */
    synchronized boolean add(Receipt receipt) {
        ReceiptKey key = ReceiptKey.of(receipt);
        if (closed || (waiting.size() >= MAX_RECEIPTS && !waiting.containsKey(key))) {
            return false;
        }
        waiting.merge(key, receipt, ReceiptKey::latest);
        scheduleWrite(DELAY);
        return true;
    }

    @GuardedBy("this")
    private void scheduleWrite(Duration delay) {
        if (timer == null && !isWriting && !closed && !waiting.isEmpty()) {
            timer = scheduler.schedule(delay, this::writeOnWorker);
        }
    }

    /** Writes on a worker, as a timer's thread must not block. */
    private void writeOnWorker() {
        begin();
        try {
            lanes.execute(this::writeOnce);
        } catch (Throwable busy) {
            end(RETRY_DELAY);
        }
    }

    private synchronized void begin() {
        timer = null;
        isWriting = true;
    }

    private synchronized void end(Duration pause) {
        isWriting = false;
        scheduleWrite(pause);
    }

    private void writeOnce() {
        Duration pause = RETRY_DELAY;
        try {
            pause = tryWriteGroup() ? DELAY : RETRY_DELAY;
        } finally {
            end(pause);
        }
    }

    private boolean tryWriteGroup() {
        InFlight.Phase phase = inFlight.begin();
        List<Receipt> group = nextGroup();
        List<Runnable> following = takeFollowUps(group);
        try {
            store.mark(group);
            removeWritten(group);
            return true;
        } catch (Throwable failure) {
            logFailure(failure, group.size());
            return false;
        } finally {
            phase.end();
            following.forEach(Runnable::run);
        }
    }

    private synchronized List<Receipt> nextGroup() {
        return waiting.values().stream().limit(GROUP).toList();
    }

    private synchronized List<Runnable> takeFollowUps(List<Receipt> group) {
        List<Runnable> taken = new ArrayList<>();
        for (Receipt receipt : group) {
            Runnable followUp = followUps.remove(ReceiptKey.of(receipt));
            if (followUp != null) {
                taken.add(followUp);
            }
        }
        return taken;
    }

    /**
     * Runs a task once the user's receipt is written, or the write has failed; immediately if none waits. Of several tasks
     * for one receipt only the last one runs. The task must not block or throw.
     */
    void afterWrite(ReceiptKey key, Runnable task) {
        if (!addFollowUp(key, task)) {
            task.run();
        }
    }

    private synchronized boolean addFollowUp(ReceiptKey key, Runnable task) {
        boolean waits = !closed && waiting.containsKey(key);
        if (waits) {
            followUps.put(key, task);
        }
        return waits;
    }

    /** Removes the written receipts, but not those that have increased in the meantime. */
    private synchronized void removeWritten(List<Receipt> written) {
        isStoreUnavailable = false;
        written.forEach(receipt -> waiting.remove(ReceiptKey.of(receipt), receipt));
    }

    /** Logs the first failure of an outage. */
    private synchronized void logFailure(Throwable failure, int count) {
        if (!isStoreUnavailable) {
            log.warn("could not store {} receipts, will retry: {}", count, failure.toString());
        }
        isStoreUnavailable = true;
    }

    /** Returns the receipt that waits, or null. */
    synchronized @Nullable Receipt find(ReceiptKey key) {
        return waiting.get(key);
    }

    /** Drops the receipt if it waits. Does not stop a write that has begun. */
    synchronized void forget(ReceiptKey key) {
        waiting.remove(key);
        followUps.remove(key);
    }

    /** Drops the waiting receipts with a matching key. Does not stop a write that has begun. */
    synchronized void forgetAll(Predicate<ReceiptKey> keys) {
        waiting.keySet().removeIf(keys);
        followUps.keySet().removeIf(keys);
    }

    /** Returns the waiting receipts of some conversations. */
    synchronized List<Receipt> of(Set<String> conversationIds) {
        return waiting.values().stream()
                .filter(receipt -> conversationIds.contains(receipt.conversationId()))
                .toList();
    }

    synchronized int size() {
        return waiting.size();
    }

    /** Refuses further receipts, and writes the waiting ones. Drops them if the store is unavailable. */
    @Override
    public void close() {
        stop();
        boolean isWritten = true;
        while (isWritten && size() > 0) {
            isWritten = tryWriteGroup();
        }
        dropWaiting();
    }

    private synchronized void stop() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private synchronized void dropWaiting() {
        if (!waiting.isEmpty()) {
            log.warn("lost {} receipts, as the store is unavailable", waiting.size());
        }
        waiting.clear();
        followUps.clear();
    }
}

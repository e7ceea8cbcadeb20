package io.roomcast.chat.internal.receipt;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.ReceiptStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receipts on their way to the store: the newest of each user, conversation and kind, all in one call every now and then.
 *
 * <p>A crash loses those of the last moment, which users soon make again. While the store is away they wait, and grow no
 * further than their bound. Safe for use by any thread; only {@link #close} blocks.
 */
final class ReceiptWriteBuffer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReceiptWriteBuffer.class);
    static final Duration PACE = Duration.ofMillis(50);
    static final Duration RETRY = Duration.ofSeconds(1);
    static final int MOST = 100_000;
    private static final int GROUP = 5_000;

    private final Map<ReceiptKey, Receipt> marks = new LinkedHashMap<>();
    private final ReceiptStore store;
    private final ConversationLanes lanes;
    private final ScheduledExecutorService scheduler;
    private final InFlight inFlight;

    @Nullable
    private ScheduledFuture<?> timer;

    private boolean storing;
    private boolean away;
    private boolean closed;

    ReceiptWriteBuffer(
            ReceiptStore store, ConversationLanes lanes, ScheduledExecutorService scheduler, InFlight inFlight) {
        this.store = store;
        this.lanes = lanes;
        this.scheduler = scheduler;
        this.inFlight = inFlight;
    }

    /** Takes a receipt to be stored soon; false if too many wait. */
    synchronized boolean add(Receipt receipt) {
        ReceiptKey key = ReceiptKey.of(receipt);
        if (closed || (marks.size() >= MOST && !marks.containsKey(key))) {
            return false;
        }
        marks.merge(key, receipt, ReceiptKey::further);
        wake(PACE);
        return true;
    }

    private void wake(Duration delay) {
        if (timer == null && !storing && !closed && !marks.isEmpty()) {
            timer = scheduler.schedule(this::handOver, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Timers must not block, so that a worker stores. */
    private void handOver() {
        begin();
        try {
            lanes.anyTime(this::storeAndRest);
        } catch (Throwable busy) {
            end(RETRY);
        }
    }

    private synchronized void begin() {
        timer = null;
        storing = true;
    }

    private synchronized void end(Duration rest) {
        storing = false;
        wake(rest);
    }

    private void storeAndRest() {
        Duration rest = RETRY;
        try {
            rest = storeGroup() ? PACE : RETRY;
        } finally {
            end(rest);
        }
    }

    /** Forgets only what is stored, as it may have gone further meanwhile. */
    private boolean storeGroup() {
        InFlight.Phase phase = inFlight.begin();
        List<Receipt> group = group();
        try {
            store.mark(group);
            forget(group);
            return true;
        } catch (Throwable failure) {
            note(failure, group.size());
            return false;
        } finally {
            phase.end();
        }
    }

    private synchronized List<Receipt> group() {
        return marks.values().stream().limit(GROUP).toList();
    }

    private synchronized void forget(List<Receipt> stored) {
        away = false;
        stored.forEach(receipt -> marks.remove(ReceiptKey.of(receipt), receipt));
    }

    /** Once for each outage. */
    private synchronized void note(Throwable failure, int count) {
        if (!away) {
            log.warn("{} receipts are not stored yet: {}", count, failure.toString());
        }
        away = true;
    }

    /** How far a user is on the way to have come, or null. */
    synchronized @Nullable Receipt find(ReceiptKey key) {
        return marks.get(key);
    }

    /** Does not store a receipt that is not on its way yet. */
    synchronized void forget(ReceiptKey key) {
        marks.remove(key);
    }

    /** Drops the user's receipts that are not on their way to the store yet. */
    synchronized void forgetAll(String userId) {
        marks.keySet().removeIf(key -> key.userId().equals(userId));
    }

    /** What is on its way in some conversations. */
    synchronized List<Receipt> of(Set<String> conversationIds) {
        return marks.values().stream()
                .filter(receipt -> conversationIds.contains(receipt.conversationId()))
                .toList();
    }

    synchronized int size() {
        return marks.size();
    }

    /** Takes no more, stores what waits, and gives up where the store is away. */
    @Override
    public void close() {
        stop();
        boolean going = true;
        while (going && size() > 0) {
            going = storeGroup();
        }
        giveUp();
    }

    private synchronized void stop() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private synchronized void giveUp() {
        if (!marks.isEmpty()) {
            log.warn("{} receipts are lost, as the store is away", marks.size());
        }
        marks.clear();
    }
}

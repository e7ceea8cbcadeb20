package io.roomcast.chat.internal.host;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One follower on this server. A pause holds on all servers: it is stored, and each server reads it before it begins and
 * every few seconds. Safe for use by any thread; never blocks.
 */
public final class FollowerRunner {
    /** The most conversations that are handled at a time. The others wait in the store. */
    static final int MAX_CONVERSATIONS = 10_000;

    /** How often the store is asked for conversations that are due. */
    static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private static final Duration INTERVAL_WHILE_BEHIND = Duration.ofMillis(500);
    private static final int DUE_AT_A_TIME = 1_000;

    private final Map<String, FollowerQueue.Slot> slots = new ConcurrentHashMap<>();
    private final AtomicBoolean checking = new AtomicBoolean();
    private final FollowerParts parts;
    private final ActivityScan scan;
    private final FollowerQueue queue;

    /** Logs pauses apart from failures, which would suppress them. */
    private final HostPort pauses;

    @GuardedBy("this")
    private Future<?> nextCheck = CompletableFuture.completedFuture(null);

    @GuardedBy("this")
    private Future<?> nextRenewal = CompletableFuture.completedFuture(null);

    /** What a caller wants and is not stored yet: whether to pause; null for nothing. */
    @GuardedBy("this")
    private @Nullable Boolean wantedPause;

    /** Since when this server passes nothing to the follower; null if it does. */
    private volatile @Nullable Instant pausedAt;

    /** Whether it is known if the follower is paused. Until then events are left to be found in the store. */
    private volatile boolean isStarted;

    private volatile boolean isClosed;

    /** Creates a follower that has not started. */
    FollowerRunner(FollowerParts parts, ActivityScan scan) {
        this.parts = parts;
        this.scan = scan;
        this.pauses = new HostPort("follower " + parts.name());
        this.queue = new FollowerQueue(parts, new FollowerQueue.Listener() {
            @Override
            public void done(FollowedConversation conversation) {
                slots.remove(conversation.conversationId());
            }

            @Override
            public void gaveUp() {
                pauses.warn("is paused, because it gave up");
                pause();
            }
        });
    }

    /** Returns the follower's name. */
    public String name() {
        return parts.name();
    }

    /** Accepts an event that this server has stored. */
    void accept(ChatEvent event) {
        if (pausedAt != null || !isStarted) {
            return;
        }
        if (event instanceof MessageSent sent) {
            accept(event, sent.message());
        } else if (event instanceof MessageChanged changed) {
            accept(event, changed.message());
        }
    }

    private void accept(ChatEvent event, Message message) {
        FollowerQueue.Slot slot;
        do {
            slot = slot(message.conversationId());
            if (slot != null) {
                slot.conversation().add(event, message);
            }
        } while (slot != null && !slot.wake());
    }

    /** Returns the conversation's slot. Returns null if too many are handled; then it is found in the store later. */
    private FollowerQueue.@Nullable Slot slot(String conversationId) {
        FollowerQueue.Slot known = slots.get(conversationId);
        return known != null || slots.size() >= MAX_CONVERSATIONS
                ? known
                : slots.computeIfAbsent(
                        conversationId, id -> queue.slot(new FollowedConversation(parts, id, queue::isStopped)));
    }

    private void markUnread(String conversationId) {
        FollowerQueue.Slot slot;
        do {
            slot = slot(conversationId);
            if (slot != null) {
                slot.conversation().markUnread();
            }
        } while (slot != null && !slot.wake());
    }

    /** Starts to follow. */
    void start() {
        checkSoon(Duration.ZERO, true);
        renewLater();
    }

    private synchronized void renewLater() {
        if (!isClosed) {
            nextRenewal = parts.scheduler()
                    .schedule(CHECK_INTERVAL, () -> parts.checks().execute(this::checkCalls));
        }
    }

    /** Apart from the other check, which takes long after an outage. */
    private void checkCalls() {
        try {
            slots.values().forEach(slot -> slot.conversation().check());
        } finally {
            renewLater();
        }
    }

    private synchronized void checkSoon(Duration delay, boolean always) {
        nextCheck.cancel(false);
        if (!isClosed) {
            nextCheck = parts.scheduler().schedule(delay, () -> parts.checks().execute(() -> check(always)));
        }
    }

    private void check(boolean always) {
        if (isClosed || !checking.compareAndSet(false, true)) {
            return;
        }
        Duration next = CHECK_INTERVAL;
        try {
            FollowerState whole = storedState();
            boolean begins = apply(whole.isPaused());
            if (pausedAt == null) {
                scan.run(whole, always || begins);
                next = readDue() ? INTERVAL_WHILE_BEHIND : CHECK_INTERVAL;
            }
        } catch (Throwable outage) {
            parts.warnOfOutage(outage);
        } finally {
            checking.set(false);
            checkSoon(wantedPause() == null ? next : INTERVAL_WHILE_BEHIND, false);
        }
    }

    private synchronized @Nullable Boolean wantedPause() {
        return wantedPause;
    }

    /** Stores the pause that a caller wants, and returns the state of the follower as a whole. Blocks. */
    private FollowerState storedState() {
        Boolean wanted = wantedPause();
        if (wanted == null) {
            return scan.state();
        }
        FollowerState stored = scan.savePause(wanted);
        synchronized (this) {
            wantedPause = wanted.equals(wantedPause) ? null : wantedPause;
        }
        return stored;
    }

    /** Begins, stops or continues as is stored, unless a caller wants otherwise. Returns whether it begins or continues. */
    private synchronized boolean apply(boolean storedPause) {
        boolean wasRunning = isStarted && pausedAt == null;
        boolean isPaused = wantedPause == null ? storedPause : wantedPause;
        if (isPaused) {
            stop();
        } else if (!isClosed) {
            queue.resume();
            pausedAt = null;
        }
        isStarted = true;
        return !isPaused && !wasRunning;
    }

    @GuardedBy("this")
    private void stop() {
        if (pausedAt == null) {
            pausedAt = parts.now();
            queue.stop(slots.values());
        }
    }

    /** Handles conversations that are due. Returns whether there may be more. */
    private boolean readDue() {
        int limit = Math.min(DUE_AT_A_TIME, MAX_CONVERSATIONS - slots.size());
        if (limit <= 0) {
            return true;
        }
        List<FollowerState> due = parts.store().dueFollowerStates(parts.name(), parts.now(), limit);
        due.stream()
                .map(FollowerState::conversationId)
                .filter(id -> !id.equals(ActivityScan.WHOLE))
                .forEach(this::markUnread);
        return due.size() == limit;
    }

    /** Returns how long the oldest event that is known here has waited, or zero if none waits. */
    public Duration lag() {
        Instant now = parts.now();
        Instant oldest = pausedAt == null ? now : pausedAt;
        for (FollowerQueue.Slot slot : slots.values()) {
            Instant since = slot.conversation().waitingSince();
            oldest = since != null && since.isBefore(oldest) ? since : oldest;
        }
        return Duration.between(oldest, now);
    }

    /** Returns whether the follower is paused. */
    public synchronized boolean isPaused() {
        return wantedPause == null ? pausedAt != null : wantedPause;
    }

    /** Stops on all servers, here after the calls in progress. */
    public synchronized void pause() {
        wantedPause = true;
        stop();
        checkSoon(Duration.ZERO, false);
    }

    /** Continues on all servers where the follower stopped. */
    public synchronized void resume() {
        wantedPause = false;
        checkSoon(Duration.ZERO, true);
    }

    /** Stops on this server for ever. */
    synchronized void close() {
        isClosed = true;
        nextCheck.cancel(false);
        nextRenewal.cancel(false);
        stop();
        if (wantedPause != null) {
            parts.checks().execute(this::storeLastPause);
        }
    }

    /** Has the events that are not handled yet read from the store, because a user was erased there. */
    void readAgain() {
        slots.values().forEach(slot -> slot.conversation().readAgain());
    }

    /** Interrupts the calls in progress, because the chat ends. */
    void interrupt() {
        slots.values().forEach(slot -> slot.conversation().interrupt());
    }

    private void storeLastPause() {
        try {
            FollowerState unused = storedState();
        } catch (Throwable outage) {
            parts.warnOfOutage(outage);
        }
    }
}

package io.roomcast.chat.internal.host;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One follower on this server. Safe for use by any thread; never blocks. */
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

    @GuardedBy("this")
    private Future<?> nextCheck = CompletableFuture.completedFuture(null);

    private volatile @Nullable Instant pausedAt;
    private volatile boolean isClosed;

    /** Creates a follower that is paused. */
    FollowerRunner(FollowerParts parts, ActivityScan scan) {
        this.parts = parts;
        this.scan = scan;
        this.queue = new FollowerQueue(parts, new FollowerQueue.Listener() {
            @Override
            public void done(FollowedConversation conversation) {
                slots.remove(conversation.conversationId());
            }

            @Override
            public void gaveUp() {
                parts.port().warn("is paused on this server, because it gave up");
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
        if (pausedAt != null) {
            return;
        }
        if (event instanceof MessageSent sent) {
            accept(event, sent.message());
        } else if (event instanceof MessageChanged changed) {
            accept(event, changed.message());
        }
    }

    private void accept(ChatEvent event, Message message) {
        Position position = new Position(message.seq(), message.version());
        FollowerQueue.Slot slot;
        do {
            slot = slot(message.conversationId());
            if (slot != null) {
                slot.conversation().add(event, position);
            }
        } while (slot != null && !slot.wake());
    }

    /** Returns the conversation's slot. Returns null if too many are handled; then it is found in the store later. */
    private FollowerQueue.@Nullable Slot slot(String conversationId) {
        FollowerQueue.Slot known = slots.get(conversationId);
        return known != null || slots.size() >= MAX_CONVERSATIONS
                ? known
                : slots.computeIfAbsent(conversationId, id -> queue.slot(new FollowedConversation(parts, id)));
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
            slots.values().forEach(slot -> slot.conversation().check());
            if (pausedAt == null) {
                scan.run(always);
                next = readDue() ? INTERVAL_WHILE_BEHIND : CHECK_INTERVAL;
            }
        } catch (RuntimeException outage) {
            parts.port().warn("could not use the store: " + HostPort.describe(outage));
        } finally {
            checking.set(false);
            checkSoon(next, false);
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

    /** Returns whether the follower is paused on this server. */
    public boolean isPaused() {
        return pausedAt != null;
    }

    /** Stops after the calls in progress. Other servers continue. */
    public void pause() {
        pausedAt = parts.now();
        queue.stop(slots.values());
    }

    /** Continues where the follower stopped. */
    public void resume() {
        if (!isClosed && pausedAt != null) {
            queue.resume();
            pausedAt = null;
            checkSoon(Duration.ZERO, true);
        }
    }

    /** Stops for ever. */
    synchronized void close() {
        isClosed = true;
        nextCheck.cancel(false);
        pause();
    }
}

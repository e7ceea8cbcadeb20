package io.roomcast.chat.internal.room;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessageChanged;
import io.roomcast.chat.event.MessageDeleted;
import io.roomcast.chat.event.MessageEdited;
import io.roomcast.chat.event.MessageSent;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Delivers one conversation's messages and changes to its room on this server in the order of their numbers, each once.
 * Safe for use by any thread.
 *
 * <p>Events can arrive in any order, several times, or not at all: another server stored them, or an answer of the store
 * was lost. The next event is delivered immediately, and an earlier one is dropped. A later one waits until those before
 * it have arrived or were read by {@link GapFill}. A change also waits for its message, as the message would otherwise
 * replace the newer state.
 *
 * <p>The feed is open while the room has sessions or pending joins.
 */
public final class RoomFeed {
    /** The last sequence number or version of a room, if it is unknown. */
    public static final long UNKNOWN = -1;

    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    /**
     * The events that a room received after a position.
     *
     * @param messages new messages, and changed ones in their latest state; ascending by sequence number
     * @param head the room's position
     */
    public record Rest(List<Message> messages, Position head) {}

    private final String conversationId;
    private final FeedParts parts;
    private final CompletionStage<?> subscribed;
    private final GapFill gap;

    @GuardedBy("this")
    private final EarlyEvents<MessageSent> earlyMessages = new EarlyEvents<>(MessageSent::message);

    @GuardedBy("this")
    private final EarlyEvents<MessageChanged> earlyChanges = new EarlyEvents<>(MessageChanged::message);

    /** What was delivered since the oldest pending join began, or null if none is pending. */
    @Nullable
    @GuardedBy("this")
    private DeliveryLog log;

    /** Written under the lock only; read by any thread. */
    private volatile long lastDeliveredSeq = UNKNOWN;

    private volatile long lastDeliveredVersion = UNKNOWN;

    /** The highest numbers that are known to exist. */
    @GuardedBy("this")
    private long knownSeq = UNKNOWN;

    @GuardedBy("this")
    private long knownVersion = UNKNOWN;

    @GuardedBy("this")
    private int joins;

    @GuardedBy("this")
    private int pauses;

    @GuardedBy("this")
    private boolean closed;

    /**
     * Creates a feed whose position is unknown.
     *
     * @param subscribed completes when this node receives the room's events of other nodes, if it can
     */
    RoomFeed(String conversationId, FeedParts parts, CompletionStage<?> subscribed) {
        this.conversationId = conversationId;
        this.parts = parts;
        this.subscribed = subscribed;
        this.gap = new GapFill(this, parts);
    }

    /**
     * Accepts a stored message.
     *
     * @param repeats whether it was stored before; if so, it is dropped while the room's position is unknown
     */
    synchronized void offer(MessageSent event, boolean repeats) {
        long seq = event.message().seq();
        if (closed || seq <= lastDeliveredSeq || (repeats && lastDeliveredSeq == UNKNOWN)) {
            return;
        }
        knownSeq = Math.max(knownSeq, seq);
        if (seq == lastDeliveredSeq + 1 && pauses == 0) {
            deliver(event);
        } else {
            earlyMessages.add(seq, event);
        }
        drain();
    }

    /** Accepts a stored change. */
    synchronized void offer(MessageChanged event) {
        long version = event.message().version();
        if (closed || version <= lastDeliveredVersion) {
            return;
        }
        knownSeq = Math.max(knownSeq, event.message().seq());
        knownVersion = Math.max(knownVersion, version);
        if (version == lastDeliveredVersion + 1 && event.message().seq() <= lastDeliveredSeq && pauses == 0) {
            deliver(event);
        } else {
            earlyChanges.add(version, event);
        }
        drain();
    }

    /** Accepts that the conversation has at least this position. */
    public synchronized void noteHead(Position head) {
        knownSeq = Math.max(knownSeq, head.seq());
        knownVersion = Math.max(knownVersion, head.version());
        drain();
    }

    /** Delivers all events that are next. If others are missing, has them read. */
    synchronized void drain() {
        if (pauses > 0 || closed) {
            return;
        }
        boolean advances = true;
        while (advances) {
            advances = deliverNextMessage() || deliverNextChange();
        }
        if (isBehind()) {
            gap.found();
        }
    }

    @GuardedBy("this")
    private boolean deliverNextMessage() {
        MessageSent next = earlyMessages.next(lastDeliveredSeq);
        if (next != null) {
            earlyMessages.removeFirst();
            deliver(next);
        }
        return next != null;
    }

    @GuardedBy("this")
    private boolean deliverNextChange() {
        MessageChanged next = earlyChanges.next(lastDeliveredVersion);
        boolean isNext =
                next != null && (lastDeliveredSeq == UNKNOWN || next.message().seq() <= lastDeliveredSeq);
        if (next != null && isNext) {
            earlyChanges.removeFirst();
            deliver(next);
        }
        return isNext;
    }

    @GuardedBy("this")
    private void deliver(MessageSent event) {
        if (log != null) {
            log.recordSent(event.message(), lastDeliveredSeq);
        }
        lastDeliveredSeq = event.message().seq();
        send(event);
    }

    @GuardedBy("this")
    private void deliver(MessageChanged event) {
        if (log != null) {
            log.recordChanged(event.message(), lastDeliveredVersion);
        }
        lastDeliveredVersion = event.message().version();
        send(event);
    }

    @GuardedBy("this")
    private void send(ChatEvent event) {
        if (log != null && log.isFull()) {
            log.restart(lastDeliveredSeq, lastDeliveredVersion);
        }
        parts.target().send(conversationId, event);
    }

    /** Delivers what the room lacks of a page, whatever it received since the page was read. */
    synchronized void apply(CatchUp page) {
        List<Message> changed = new ArrayList<>();
        for (Message message : page.messages()) {
            if (message.seq() > lastDeliveredSeq) {
                deliver(new MessageSent(message));
            } else if (message.version() > lastDeliveredVersion) {
                changed.add(message);
            }
        }
        changed.sort(Comparator.comparingLong(Message::version));
        changed.forEach(this::deliverChanged);
        moveTo(page.covered().seq(), page.covered().version());
    }

    @GuardedBy("this")
    private void deliverChanged(Message message) {
        deliver(message.isDeleted() ? new MessageDeleted(message) : new MessageEdited(message));
    }

    @GuardedBy("this")
    private void moveTo(long seq, long version) {
        lastDeliveredSeq = Math.max(lastDeliveredSeq, seq);
        lastDeliveredVersion = Math.max(lastDeliveredVersion, version);
    }

    /** Gives up what the room lacks: its clients must fetch it. */
    synchronized void skipTo(long seq, long version) {
        moveTo(Math.max(knownSeq, seq), Math.max(knownVersion, version));
        if (log != null) {
            log.restart(lastDeliveredSeq, lastDeliveredVersion);
        }
        send(new SyncRequired(conversationId, SyncRequired.Reason.GAP));
    }

    /** Returns whether the room lacks events that are known to exist. */
    synchronized boolean isBehind() {
        return isBelow(lastDeliveredSeq, knownSeq) || isBelow(lastDeliveredVersion, knownVersion);
    }

    private static boolean isBelow(long last, long known) {
        return last != UNKNOWN && last < known;
    }

    /** Returns whether the room lacks events up to a position. A room whose position is unknown lacks none. */
    public boolean isBehind(Position head) {
        return isBelow(lastDeliveredSeq, head.seq()) || isBelow(lastDeliveredVersion, head.version());
    }

    /**
     * Has the room receive all events up to a position, which the store has. The stage fails if they cannot be read
     * within {@link GapFill#MAX_WAIT}.
     */
    public synchronized CompletionStage<?> reach(Position head) {
        if (!isBehind(head)) {
            return DONE;
        }
        knownSeq = Math.max(knownSeq, head.seq());
        knownVersion = Math.max(knownVersion, head.version());
        return gap.awaitReach(head);
    }

    /** Delivers nothing until {@link #resume}, so that sessions can enter the room at a known position. */
    public synchronized void pause() {
        pauses++;
    }

    /** Ends a pause, and delivers what has arrived meanwhile. */
    public synchronized void resume() {
        pauses--;
        drain();
    }

    synchronized boolean isPaused() {
        return pauses > 0;
    }

    /** Sets the numbers that are unknown, as the sessions of the room receive all events after this position. */
    public synchronized void initialize(Position position) {
        lastDeliveredSeq = lastDeliveredSeq == UNKNOWN ? position.seq() : lastDeliveredSeq;
        lastDeliveredVersion = lastDeliveredVersion == UNKNOWN ? position.version() : lastDeliveredVersion;
    }

    /** Returns the events that the room received after a position that was read, or empty if they are not known. */
    public synchronized Optional<Rest> after(Position read) {
        DeliveryLog known = log;
        return known != null && known.covers(read, lastDeliveredSeq, lastDeliveredVersion)
                ? Optional.of(new Rest(known.after(read), newest(read)))
                : Optional.empty();
    }

    /** Returns the room's position, or the given one if that is newer. */
    public synchronized Position newest(Position atLeast) {
        return new Position(
                Math.max(lastDeliveredSeq, atLeast.seq()), Math.max(lastDeliveredVersion, atLeast.version()));
    }

    /** Returns the position up to which the room has received all events, or null if unknown. */
    @Nullable
    Position position() {
        long seq = lastDeliveredSeq;
        long version = lastDeliveredVersion;
        return seq == UNKNOWN || version == UNKNOWN ? null : new Position(seq, version);
    }

    /** Returns the position after which to read what the room lacks. */
    Position readAfter() {
        return new Position(Math.max(lastDeliveredSeq, 0), Math.max(lastDeliveredVersion, 0));
    }

    /** Completes when the room's position may be read, as no later event is missed; never exceptionally. */
    public CompletionStage<?> subscribed() {
        return subscribed;
    }

    long lastDeliveredSeq() {
        return lastDeliveredSeq;
    }

    public String conversationId() {
        return conversationId;
    }

    /** Adds a pending join. Returns false if the feed is closed. */
    synchronized boolean tryBeginJoin() {
        if (!closed) {
            joins++;
            log = log == null ? new DeliveryLog() : log;
        }
        return !closed;
    }

    synchronized void endJoin() {
        joins--;
        log = joins == 0 ? null : log;
    }

    /** Closes the feed unless a join is pending. Returns whether it is closed. */
    synchronized boolean tryClose() {
        if (joins == 0 && !closed) {
            closed = true;
            gap.close();
        }
        return closed;
    }

    synchronized boolean isClosed() {
        return closed;
    }
}

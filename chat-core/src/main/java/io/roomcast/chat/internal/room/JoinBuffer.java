package io.roomcast.chat.internal.room;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Collects a room's events while joins read missed messages; safe for use by several threads.
 *
 * <p>Joins read their pages outside the conversation's order. The buffer covers the events between the end of a page and
 * the room's head. It is bounded. If it overflows or the room has a gap, it is invalid, and its joins read again.
 */
public final class JoinBuffer {
    static final int MAX_EVENTS = 1_000;
    static final long MAX_BYTES = 4L << 20;

    /**
     * The events after a position.
     *
     * @param messages new messages, and changed ones in their latest state; ascending by sequence number
     * @param head the room's head after these messages
     */
    public record Rest(List<Message> messages, Position head) {}

    @GuardedBy("this")
    private final List<Message> sent = new ArrayList<>();

    @GuardedBy("this")
    private final List<Message> changed = new ArrayList<>();

    @GuardedBy("this")
    private long bytes;

    @GuardedBy("this")
    private boolean invalid;

    /** Adds a new message that is sent to the room. */
    synchronized void recordSent(Message message) {
        add(sent, message);
    }

    /** Adds a changed message that is sent to the room. */
    synchronized void recordChanged(Message message) {
        add(changed, message);
    }

    @GuardedBy("this")
    private void add(List<Message> messages, Message message) {
        bytes += CatchUpReader.weight(message);
        if (sent.size() + changed.size() >= MAX_EVENTS || bytes > MAX_BYTES) {
            invalidate();
        } else if (!invalid) {
            messages.add(message);
        }
    }

    /** Invalidates the buffer, because it overflows or the room has a gap. */
    synchronized void invalidate() {
        invalid = true;
        sent.clear();
        changed.clear();
    }

    synchronized boolean isInvalid() {
        return invalid;
    }

    /** Returns the events after a position, or empty if the buffer lacks some of them. */
    public synchronized Optional<Rest> after(Position position) {
        Map<Long, Message> rest = new TreeMap<>();
        long seq = collect(sent, position.seq(), Message::seq, rest);
        long version = collect(changed, position.version(), Message::version, rest);
        boolean isComplete = !invalid && seq >= 0 && version >= 0;
        return isComplete
                ? Optional.of(new Rest(List.copyOf(rest.values()), new Position(seq, version)))
                : Optional.empty();
    }

    /** Adds the messages after a number to the rest. Returns the last number, or -1 if there is a gap. */
    private static long collect(
            List<Message> messages, long after, ToLongFunction<Message> number, Map<Long, Message> rest) {
        long last = after;
        for (Message message : messages) {
            long next = number.applyAsLong(message);
            if (next > last + 1) {
                return -1;
            }
            if (next > last) {
                last = next;
                rest.merge(message.seq(), message, (one, other) -> other.version() >= one.version() ? other : one);
            }
        }
        return last;
    }

    /** Returns the newest position in the buffer, or the given one if that is newer. */
    public synchronized Position newest(Position atLeast) {
        long seq = sent.stream().mapToLong(Message::seq).max().orElse(0);
        long version = changed.stream().mapToLong(Message::version).max().orElse(0);
        return new Position(Math.max(seq, atLeast.seq()), Math.max(version, atLeast.version()));
    }
}

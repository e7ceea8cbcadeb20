package io.roomcast.chat.internal.room;

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
 * <p>Joins read their pages outside the conversation's order. The tail leads from the end of a page to the room's head.
 * It is bounded: a tail that is too long is broken, and its joins read again.
 */
public final class JoinBuffer {
    static final int MOST = 1_000;
    static final long MOST_BYTES = 4L << 20;

    /**
     * The events after a position.
     *
     * @param messages new messages, and changed ones in their latest state; ascending by sequence number
     * @param head the room's head after these messages
     */
    public record Rest(List<Message> messages, Position head) {}

    private final List<Message> sent = new ArrayList<>();
    private final List<Message> changed = new ArrayList<>();
    private long bytes;
    private boolean broken;

    /** Adds a new message that is sent to the room. */
    void sent(Message message) {
        add(sent, message);
    }

    /** Adds a changed message that is sent to the room. */
    void changed(Message message) {
        add(changed, message);
    }

    private synchronized void add(List<Message> told, Message message) {
        bytes += CatchUpReader.weight(message);
        if (sent.size() + changed.size() >= MOST || bytes > MOST_BYTES) {
            breakOff();
        } else if (!broken) {
            told.add(message);
        }
    }

    /** Breaks the tail, because the room has a gap or the tail is full. */
    synchronized void breakOff() {
        broken = true;
        sent.clear();
        changed.clear();
    }

    synchronized boolean isBroken() {
        return broken;
    }

    /** Returns the events after a position, or empty if the tail does not have all of them. */
    public synchronized Optional<Rest> after(Position position) {
        Map<Long, Message> rest = new TreeMap<>();
        long seq = next(sent, position.seq(), Message::seq, rest);
        long version = next(changed, position.version(), Message::version, rest);
        boolean isWhole = !broken && seq >= 0 && version >= 0;
        return isWhole
                ? Optional.of(new Rest(List.copyOf(rest.values()), new Position(seq, version)))
                : Optional.empty();
    }

    private static long next(List<Message> told, long after, ToLongFunction<Message> place, Map<Long, Message> rest) {
        long last = after;
        for (Message message : told) {
            long next = place.applyAsLong(message);
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

    /** Returns the newest position in the tail, or the given one if that is newer. */
    public synchronized Position newest(Position atLeast) {
        long seq = sent.stream().mapToLong(Message::seq).max().orElse(0);
        long version = changed.stream().mapToLong(Message::version).max().orElse(0);
        return new Position(Math.max(seq, atLeast.seq()), Math.max(version, atLeast.version()));
    }
}

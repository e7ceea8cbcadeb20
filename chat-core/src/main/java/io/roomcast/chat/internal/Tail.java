package io.roomcast.chat.internal;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What a room was told of since somebody began to read what they missed; safe for use by several threads.
 *
 * <p>Pages that are read outside the conversation's order end somewhere; the tail leads on from there to where the room
 * is. It is bounded: one that grew too long is broken, and whoever needs it reads again.
 */
final class Tail {
    static final int MOST = 1_000;
    static final long MOST_BYTES = 4L << 20;

    /**
     * What follows a position.
     *
     * @param messages new ones, and changed ones in their latest state; ascending by seq
     * @param head how far the room has come with these
     */
    record Rest(List<Message> messages, Position head) {}

    private final List<Message> sent = new ArrayList<>();
    private final List<Message> changed = new ArrayList<>();
    private long bytes;
    private boolean broken;

    /** The room is told of a new message. */
    void sent(Message message) {
        add(sent, message);
    }

    /** The room is told of a change of a message. */
    void changed(Message message) {
        add(changed, message);
    }

    private synchronized void add(List<Message> told, Message message) {
        bytes += CatchUpPages.weight(message);
        if (sent.size() + changed.size() >= MOST || bytes > MOST_BYTES) {
            breakOff();
        } else if (!broken) {
            told.add(message);
        }
    }

    /** The room is told that it misses something, or there was too much to keep. */
    synchronized void breakOff() {
        broken = true;
        sent.clear();
        changed.clear();
    }

    synchronized boolean isBroken() {
        return broken;
    }

    /** What the room was told after a position, or empty if that is not all that happened. */
    synchronized Optional<Rest> after(Position position) {
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

    /** The newest place that the room was told of, or the given one. */
    synchronized Position newest(Position atLeast) {
        long seq = sent.stream().mapToLong(Message::seq).max().orElse(0);
        long version = changed.stream().mapToLong(Message::version).max().orElse(0);
        return new Position(Math.max(seq, atLeast.seq()), Math.max(version, atLeast.version()));
    }
}

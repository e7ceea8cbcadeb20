package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records what a room receives while joins read missed messages. Not safe for use by several threads.
 *
 * <p>Joins read their pages outside the conversation's order. The log covers the events between the end of a page and
 * the room's position. It is bounded. If it overflows, it starts again, and joins that need the older events read again.
 */
final class DeliveryLog {
    static final int MAX_EVENTS = 1_000;
    static final long MAX_BYTES = 4L << 20;

    private final List<Message> messages = new ArrayList<>(0);

    /** The room's numbers before the first recorded event of their kind, or unknown if none was recorded. */
    private long seqBefore = RoomFeed.UNKNOWN;

    private long versionBefore = RoomFeed.UNKNOWN;
    private long bytes;

    /**
     * Adds a new message.
     *
     * @param last the room's last sequence number before it
     */
    void recordSent(Message message, long last) {
        if (seqBefore == RoomFeed.UNKNOWN) {
            seqBefore = last == RoomFeed.UNKNOWN ? message.seq() - 1 : last;
        }
        record(message);
    }

    /**
     * Adds a changed message.
     *
     * @param last the room's last version before it
     */
    void recordChanged(Message message, long last) {
        if (versionBefore == RoomFeed.UNKNOWN) {
            versionBefore = last == RoomFeed.UNKNOWN ? message.version() - 1 : last;
        }
        record(message);
    }

    private void record(Message message) {
        messages.add(message);
        bytes += CatchUpReader.weight(message);
    }

    boolean isFull() {
        return messages.size() >= MAX_EVENTS || bytes > MAX_BYTES;
    }

    /** Drops all events. From now on the log covers what follows a position of the room. */
    void restart(long seq, long version) {
        messages.clear();
        bytes = 0;
        seqBefore = seq;
        versionBefore = version;
    }

    /**
     * Returns whether the log has all events that the room received after a position.
     *
     * @param lastSeq the room's last sequence number, or {@link RoomFeed#UNKNOWN}
     * @param lastVersion the room's last version, or {@link RoomFeed#UNKNOWN}
     */
    boolean covers(Position after, long lastSeq, long lastVersion) {
        return after.seq() >= (seqBefore == RoomFeed.UNKNOWN ? lastSeq : seqBefore)
                && after.version() >= (versionBefore == RoomFeed.UNKNOWN ? lastVersion : versionBefore);
    }

    /** Returns the messages after a position in their latest state, in ascending order of their sequence numbers. */
    List<Message> after(Position position) {
        Map<Long, Message> rest = new TreeMap<>();
        for (Message message : messages) {
            if (message.seq() > position.seq() || message.version() > position.version()) {
                rest.merge(message.seq(), message, (one, other) -> other.version() >= one.version() ? other : one);
            }
        }
        return List.copyOf(rest.values());
    }
}

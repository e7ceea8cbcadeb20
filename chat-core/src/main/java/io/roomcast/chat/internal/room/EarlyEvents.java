package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.model.Message;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds events that arrived before those that they follow, by their numbers. Bounded: drops the highest numbers, which
 * the store has as well. Not safe for use by several threads.
 */
final class EarlyEvents<E extends ChatEvent> {
    static final int MAX_EVENTS = 256;
    static final long MAX_BYTES = 1L << 20;

    private final Function<E, Message> messageOf;

    /** Created for the first early event, as most rooms never have one. */
    @Nullable
    private TreeMap<Long, E> events;

    private long bytes;

    /**
     * Creates an instance without events.
     *
     * @param messageOf returns the message of an event, for its size
     */
    EarlyEvents(Function<E, Message> messageOf) {
        this.messageOf = messageOf;
    }

    boolean isEmpty() {
        return events == null || events.isEmpty();
    }

    /** Adds an event, unless one with its number waits already. */
    void add(long number, E event) {
        TreeMap<Long, E> all = events == null ? new TreeMap<>() : events;
        events = all;
        if (all.putIfAbsent(number, event) == null) {
            bytes += weight(event);
        }
        while (all.size() > MAX_EVENTS || bytes > MAX_BYTES) {
            bytes -= weight(all.pollLastEntry().getValue());
        }
    }

    /**
     * Returns the event with the number after the last one, or the first event if the last number is {@link
     * RoomFeed#UNKNOWN}; null if it did not arrive yet. Drops events with lower numbers.
     */
    @Nullable
    E next(long last) {
        if (events == null || isEmpty()) {
            return null;
        }
        while (!events.isEmpty() && events.firstKey() <= last) {
            removeFirst();
        }
        Map.Entry<Long, E> first = events.firstEntry();
        boolean isNext = first != null && (last == RoomFeed.UNKNOWN || first.getKey() == last + 1);
        return isNext ? first.getValue() : null;
    }

    /** Removes the event with the lowest number, if any. */
    void removeFirst() {
        Map.Entry<Long, E> first = events == null ? null : events.pollFirstEntry();
        if (first != null) {
            bytes -= weight(first.getValue());
        }
    }

    private long weight(E event) {
        return CatchUpReader.weight(messageOf.apply(event));
    }

    int size() {
        return events == null ? 0 : events.size();
    }
}

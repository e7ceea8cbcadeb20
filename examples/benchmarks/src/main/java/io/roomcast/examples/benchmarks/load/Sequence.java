package io.roomcast.examples.benchmarks.load;

import java.util.HashSet;
import java.util.Set;

/** Tracks the messages of one sender that one member received. They are numbered from zero. */
final class Sequence {
    /** The order of a received message. */
    enum Arrival {
        /** After all earlier messages, except those that never arrive. */
        IN_ORDER,
        /** After a later message. */
        LATE,
        /** A repetition. */
        REPEATED
    }

    private final Set<Integer> skipped = new HashSet<>(0);
    private int next;

    Arrival arrived(int counter) {
        if (counter < next) {
            return skipped.remove(counter) ? Arrival.LATE : Arrival.REPEATED;
        }
        for (int missed = next; missed < counter; missed++) {
            skipped.add(missed);
        }
        next = counter + 1;
        return Arrival.IN_ORDER;
    }

    /** Returns how many of the given number of messages have not arrived. */
    int missing(int sent) {
        return sent - next + skipped.size();
    }
}

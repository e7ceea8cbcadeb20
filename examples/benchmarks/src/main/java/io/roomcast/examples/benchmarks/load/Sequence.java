package io.roomcast.examples.benchmarks.load;

import java.util.HashSet;
import java.util.Set;

/** Tracks which messages of one sender a client has received. Messages are numbered from 0. */
final class Sequence {
    /** The order in which a message arrived. */
    enum Arrival {
        /** After all earlier messages, except those that are missing. */
        IN_ORDER,
        /** After a later message. */
        LATE,
        /** For the second time. */
        REPEATED
    }

    private final Set<Integer> skipped = new HashSet<>(0);
    private int next;

    /** Records a message, and returns how it arrived. */
    Arrival received(int counter) {
        if (counter < next) {
            return skipped.remove(counter) ? Arrival.LATE : Arrival.REPEATED;
        }
        for (int missed = next; missed < counter; missed++) {
            skipped.add(missed);
        }
        next = counter + 1;
        return Arrival.IN_ORDER;
    }

    /** Returns the number of messages that are missing of the number sent. */
    int missing(int sent) {
        return sent - next + skipped.size();
    }
}

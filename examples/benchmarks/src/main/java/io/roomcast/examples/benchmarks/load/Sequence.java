package io.roomcast.examples.benchmarks.load;

import java.util.HashSet;
import java.util.Set;

/** What one member got of one sender's messages, which are counted from zero. */
final class Sequence {
    /** How a message came. */
    enum Arrival {
        /** After all that were sent before it, or those of them that will come at all. */
        IN_ORDER,
        /** After one that was sent later. */
        LATE,
        /** Again. */
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

    /** How many of so many messages have not come. */
    int missing(int sent) {
        return sent - next + skipped.size();
    }
}

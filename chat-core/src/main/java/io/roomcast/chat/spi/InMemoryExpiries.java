package io.roomcast.chat.spi;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Removes expired messages of conversations that are not in use, a limited number at a time, so that they do not fill
 * the memory. Safe for use by any thread.
 */
final class InMemoryExpiries {
    /** The maximum number of messages that one sweep removes. */
    private static final int STEP = 100;

    private record Expiry(Instant at, InMemoryConversation conversation) {}

    @GuardedBy("this")
    private final PriorityQueue<Expiry> waiting = new PriorityQueue<>(Comparator.comparing(Expiry::at));

    /** Read without the lock, so that a store without expiring messages never takes it. */
    private volatile boolean isEmpty = true;

    synchronized void add(Instant at, InMemoryConversation conversation) {
        waiting.add(new Expiry(at, conversation));
        isEmpty = false;
    }

    void sweep(Clock clock) {
        if (!isEmpty) {
            takeDue(clock.instant()).forEach(InMemoryConversation::sweep);
        }
    }

    private synchronized List<InMemoryConversation> takeDue(Instant now) {
        List<InMemoryConversation> due = new ArrayList<>();
        for (Expiry next = waiting.peek();
                next != null && !next.at().isAfter(now) && due.size() < STEP;
                next = waiting.peek()) {
            due.add(next.conversation());
            waiting.remove();
        }
        isEmpty = waiting.isEmpty();
        return due;
    }
}

package io.roomcast.chat.spi;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Returns the conversations whose messages have expired, so that messages of those that are not in use do not fill the
 * memory. Has one entry for each conversation with expiring messages. Safe for use by any thread.
 */
final class InMemoryExpiries {
    /** The maximum number of conversations that are returned at a time. */
    private static final int STEP = 100;

    private record Expiry(Instant at, String conversationId) {}

    @GuardedBy("this")
    private final NavigableSet<Expiry> waiting =
            new TreeSet<>(Comparator.comparing(Expiry::at).thenComparing(Expiry::conversationId));

    @GuardedBy("this")
    private final Map<String, Expiry> byConversation = new HashMap<>();

    /** Read without the lock, so that a store without expiring messages never takes it. */
    private volatile boolean isEmpty = true;

    synchronized void add(String conversationId, Instant at) {
        Expiry known = byConversation.get(conversationId);
        if (known == null || at.isBefore(known.at())) {
            Expiry next = new Expiry(at, conversationId);
            byConversation.put(conversationId, next);
            waiting.add(next);
            if (known != null) {
                waiting.remove(known);
            }
            isEmpty = false;
        }
    }

    /** Removes and returns conversations with expired messages. */
    List<String> takeDue(Clock clock) {
        return isEmpty ? List.of() : takeDue(clock.instant());
    }

    private synchronized List<String> takeDue(Instant now) {
        List<String> due = new ArrayList<>();
        while (!waiting.isEmpty() && !waiting.first().at().isAfter(now) && due.size() < STEP) {
            String conversationId = waiting.first().conversationId();
            waiting.pollFirst();
            byConversation.remove(conversationId);
            due.add(conversationId);
        }
        isEmpty = waiting.isEmpty();
        return due;
    }
}

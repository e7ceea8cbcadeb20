package io.roomcast.examples.chatserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Records the acknowledgements of messages. Safe for use by several threads. */
final class Ledger {
    /** A message as a client received it. */
    record Entry(String conversationId, long seq, String id, String senderId, String key) {
        static Entry of(JsonNode message) {
            return new Entry(
                    message.path("conversationId").asText(),
                    message.path("seq").asLong(),
                    message.path("id").asText(),
                    message.path("senderId").asText(),
                    message.path("clientMessageId").asText());
        }
    }

    private record Milestone(long count, CompletableFuture<Void> reached) {}

    private final Map<String, Entry> acknowledged = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final List<Milestone> milestones = new ArrayList<>();
    private long duplicates;

    /** Records an acknowledgement. */
    synchronized void acknowledged(JsonNode answer) {
        Entry entry = Entry.of(answer.path("message"));
        duplicates += answer.path("duplicate").asBoolean() ? 1 : 0;
        Entry before = acknowledged.putIfAbsent(entry.key(), entry);
        if (before != null && !before.equals(entry)) {
            addViolation(before + " was acknowledged again as " + entry);
        }
        milestones.stream()
                .filter(milestone -> milestone.count() <= acknowledged.size())
                .forEach(milestone -> milestone.reached().complete(null));
    }

    /** Records a violation of what the server guarantees. */
    synchronized void addViolation(String violation) {
        violations.add(violation);
    }

    /** Returns a future that completes once a number of further messages are acknowledged. */
    synchronized CompletableFuture<Void> more(int messages) {
        Milestone milestone = new Milestone(acknowledged.size() + messages, new CompletableFuture<>());
        milestones.add(milestone);
        return milestone.reached();
    }

    synchronized List<Entry> acknowledged() {
        return List.copyOf(acknowledged.values());
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Returns the number of replies that reported a duplicate. */
    synchronized long duplicates() {
        return duplicates;
    }
}

package io.roomcast.chat.spi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Indexes conversations by member, so that listing a user's conversations reads no others. Safe for use by any thread.
 */
final class InMemoryMemberships {
    private final Map<String, Set<String>> conversationIds = new ConcurrentHashMap<>();

    void add(String userId, String conversationId) {
        conversationIds.compute(userId, (id, known) -> {
            Set<String> ids = known == null ? ConcurrentHashMap.newKeySet() : known;
            ids.add(conversationId);
            return ids;
        });
    }

    void remove(String userId, String conversationId) {
        conversationIds.computeIfPresent(userId, (id, known) -> {
            known.remove(conversationId);
            return known.isEmpty() ? null : known;
        });
    }

    void forget(String userId) {
        conversationIds.remove(userId);
    }

    List<String> of(String userId) {
        return List.copyOf(conversationIds.getOrDefault(userId, Set.of()));
    }
}

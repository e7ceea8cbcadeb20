package io.roomcast.chat.spi;

import io.roomcast.chat.model.Call;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Stores the last call of each conversation until the call has ended. Safe for use by any thread. */
final class InMemoryCalls implements CallStore {
    private record Stored(Call call, Instant dueAt) {}

    private final Map<String, Stored> byConversation = new HashMap<>();
    private final Map<String, String> conversations = new HashMap<>();

    @Override
    public synchronized Call start(Call call, Instant dueAt) {
        Stored existing = byConversation.get(call.conversationId());
        if (existing != null) {
            return existing.call();
        }
        byConversation.put(call.conversationId(), new Stored(call, dueAt));
        conversations.put(call.callId(), call.conversationId());
        return call;
    }

    @Override
    public synchronized Optional<Call> find(String callId) {
        return Optional.ofNullable(conversations.get(callId))
                .map(byConversation::get)
                .map(Stored::call);
    }

    @Override
    public synchronized List<Call> in(Collection<String> conversationIds) {
        return conversationIds.stream()
                .map(byConversation::get)
                .filter(Objects::nonNull)
                .map(Stored::call)
                .filter(call -> !call.isEnded())
                .toList();
    }

    @Override
    public synchronized List<Call> of(Collection<String> userIds) {
        return byConversation.values().stream()
                .map(Stored::call)
                .filter(call -> !call.isEnded() && !Collections.disjoint(call.present(), userIds))
                .toList();
    }

    /** A call that may be replaced is removed, as no caller needs it any more. */
    @Override
    public synchronized boolean update(Call call, Instant dueAt) {
        Stored before = byConversation.get(call.conversationId());
        boolean isExpected = before != null
                && before.call().callId().equals(call.callId())
                && before.call().revision() == call.revision() - 1;
        if (isExpected && call.isReplaceable()) {
            remove(call.conversationId());
        } else if (isExpected) {
            byConversation.put(call.conversationId(), new Stored(call, dueAt));
        }
        return isExpected;
    }

    @Override
    public synchronized List<Call> due(Instant now, int limit) {
        return byConversation.values().stream()
                .filter(stored -> !stored.dueAt().isAfter(now))
                .sorted(Comparator.comparing(Stored::dueAt))
                .limit(limit)
                .map(Stored::call)
                .toList();
    }

    /** Removes a user from the calls that name the user. */
    synchronized void erase(String userId, String erasedId) {
        byConversation.replaceAll(
                (conversationId, stored) -> stored.call().named().contains(userId)
                        ? new Stored(stored.call().renaming(userId, erasedId), stored.dueAt())
                        : stored);
    }

    /** Removes the call of a conversation. */
    synchronized void remove(String conversationId) {
        Stored removed = byConversation.remove(conversationId);
        if (removed != null) {
            conversations.remove(removed.call().callId());
        }
    }
}

package io.roomcast.chat.spi;

import io.roomcast.chat.model.FollowerState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Stores followers' states. Safe for use by any thread. */
final class InMemoryFollowers {
    private record Due(Instant at, String conversationId) {}

    /** The states of one follower, and those with a time in the order of it. */
    private static final class States {
        private final Map<String, FollowerState> byConversation = new HashMap<>();
        private final TreeMap<Due, FollowerState> due =
                new TreeMap<>(Comparator.comparing(Due::at).thenComparing(Due::conversationId));

        private void replace(@Nullable FollowerState before, FollowerState after) {
            byConversation.put(after.conversationId(), after);
            removeDue(before);
            if (after.dueAt() != null) {
                due.put(new Due(after.dueAt(), after.conversationId()), after);
            }
        }

        private void removeDue(@Nullable FollowerState state) {
            if (state != null && state.dueAt() != null) {
                due.remove(new Due(state.dueAt(), state.conversationId()));
            }
        }
    }

    private final Map<String, States> byFollower = new HashMap<>();

    synchronized List<FollowerState> states(String follower, Collection<String> conversationIds) {
        States found = byFollower.get(follower);
        return found == null
                ? List.of()
                : conversationIds.stream()
                        .map(found.byConversation::get)
                        .filter(Objects::nonNull)
                        .toList();
    }

    synchronized boolean save(@Nullable FollowerState before, FollowerState after) {
        States states = byFollower.computeIfAbsent(after.follower(), name -> new States());
        boolean isExpected = Objects.equals(states.byConversation.get(after.conversationId()), before);
        if (isExpected) {
            states.replace(before, after);
        }
        return isExpected;
    }

    synchronized List<FollowerState> due(String follower, Instant now, int limit) {
        States found = byFollower.get(follower);
        return found == null
                ? List.of()
                : found.due.values().stream()
                        .takeWhile(state -> !now.isBefore(Objects.requireNonNull(state.dueAt())))
                        .limit(limit)
                        .toList();
    }

    /** Removes the states of all followers in a conversation. */
    synchronized void remove(String conversationId) {
        byFollower.values().forEach(states -> states.removeDue(states.byConversation.remove(conversationId)));
    }
}

package io.roomcast.chat.internal.presence;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.internal.room.RemotePresence;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Knows which sessions subscribe to which users' presence; safe for use by any thread. */
final class PresenceSubscriptions {
    private final RemotePresence remote;

    @GuardedBy("this")
    private final Map<Session, Set<String>> usersOf = new HashMap<>();

    @GuardedBy("this")
    private final Map<String, Set<Session>> subscribers = new HashMap<>();

    PresenceSubscriptions(RemotePresence remote) {
        this.remote = remote;
    }

    /**
     * Subscribes the session to all of the users. The stages complete when the users' presence on other nodes is known, or
     * after a moment.
     *
     * @throws ChatException {@link ErrorCode#SUBSCRIPTION_LIMIT} if that are too many; the subscriptions are unchanged
     */
    synchronized List<CompletionStage<?>> subscribe(Session session, Collection<String> userIds) {
        Set<String> before = usersOf.getOrDefault(session, Set.of());
        Set<String> all = new HashSet<>(before);
        all.addAll(userIds);
        if (all.size() > GetPresence.MAX_USERS) {
            throw ChatException.of(ErrorCode.SUBSCRIPTION_LIMIT);
        }
        usersOf.put(session, all);
        List<CompletionStage<?>> ready = new ArrayList<>();
        for (String userId : userIds) {
            if (subscribers.computeIfAbsent(userId, id -> new HashSet<>()).add(session)) {
                ready.add(remote.open(userId));
            }
        }
        return ready;
    }

    synchronized void unsubscribe(Session session, Collection<String> userIds) {
        userIds.forEach(userId -> remove(userId, session));
        usersOf.computeIfPresent(session, (key, all) -> {
            all.removeAll(userIds);
            return all.isEmpty() ? null : all;
        });
    }

    /** Ends the subscriptions of a closed session. */
    synchronized void end(Session session) {
        Set<String> all = usersOf.remove(session);
        if (all != null) {
            all.forEach(userId -> remove(userId, session));
        }
    }

    /** Ends all subscriptions to the user. */
    synchronized void forget(String userId) {
        Set<Session> sessions = subscribers.remove(userId);
        if (sessions != null) {
            sessions.forEach(session -> remote.close(userId));
            sessions.forEach(session -> usersOf.computeIfPresent(session, (key, all) -> {
                all.remove(userId);
                return all.isEmpty() ? null : all;
            }));
        }
    }

    @GuardedBy("this")
    private void remove(String userId, Session session) {
        subscribers.computeIfPresent(userId, (id, sessions) -> {
            if (sessions.remove(session)) {
                remote.close(userId);
            }
            return sessions.isEmpty() ? null : sessions;
        });
    }

    /** Returns the sessions that subscribe to a user. */
    synchronized List<Session> subscribersOf(String userId) {
        return List.copyOf(subscribers.getOrDefault(userId, Set.of()));
    }

    /** Returns the number of subscribing sessions plus the number of users that they subscribe to. */
    synchronized int size() {
        return usersOf.size() + subscribers.size();
    }
}

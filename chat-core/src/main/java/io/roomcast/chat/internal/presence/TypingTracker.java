package io.roomcast.chat.internal.presence;

import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tracks which users are typing in which conversation, by their sessions, with the timers that end it. Safe for use by
 * any thread.
 *
 * <p>A user types while at least one of the user's sessions does. A session's entry changes in the order of the
 * session's commands, so that a stop never overtakes its start.
 */
public final class TypingTracker {
    private record Key(String conversationId, String userId) {}

    /** What each session types, by conversation. */
    private final ConcurrentHashMap<Session, Map<String, Typing>> typing = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<Key, Typist> typists = new ConcurrentHashMap<>();

    /** The number of typing users, by conversation. */
    private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();

    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final Clock clock;
    private final SafeScheduler scheduler;
    private final Limits limits;
    private volatile Consumer<String> countListener = conversationId -> {};

    public TypingTracker(
            ConversationLanes lanes, Publisher publisher, Clock clock, SafeScheduler scheduler, Limits limits) {
        this.lanes = lanes;
        this.publisher = publisher;
        this.clock = clock;
        this.scheduler = scheduler;
        this.limits = limits;
    }

    /** Sets the listener that is called with a conversation whose number of typing users changed. */
    void onCount(Consumer<String> listener) {
        countListener = listener;
    }

    /** Returns the number of typing users. */
    int count(String conversationId) {
        return Math.max(0, counts.getOrDefault(conversationId, 0));
    }

    private void count(String conversationId, int more) {
        counts.merge(conversationId, more, (before, change) -> before + change == 0 ? null : before + change);
        countListener.accept(conversationId);
    }

    /** Ends typing for the room's clients, because they receive no event of a large room. The users still type. */
    void sendStops(String conversationId) {
        typists.forEach((key, typist) -> {
            if (key.conversationId.equals(conversationId)) {
                publisher.sendAlways(
                        new TypingStopped(conversationId, key.userId),
                        new Audience.Room(conversationId, typist.starter));
            }
        });
    }

    /**
     * Records that the session's user is typing, until {@link Limits#typingTimeout} unless started again. Returns false
     * if others received an event less than {@link Limits#typingInterval} ago. Called in the conversation's order.
     */
    public boolean start(String conversationId, String userId, Session session) {
        remove(conversationId, session);
        Typing started = new Typing(new Key(conversationId, userId));
        boolean isDue = begin(started.key, session);
        put(conversationId, session, started);
        started.expiry = scheduler.schedule(limits.typingTimeout(), () -> expire(session, started));
        return isDue;
    }

    private boolean begin(Key key, Session session) {
        boolean[] isDue = {false};
        boolean[] isNew = {false};
        typists.compute(key, (same, found) -> {
            isNew[0] = found == null;
            Typist typist = found == null ? new Typist(session) : found;
            typist.sessions.add(session);
            isDue[0] = found == null || !isRecent(typist.notifiedAt);
            typist.notifiedAt = isDue[0] ? clock.millis() : typist.notifiedAt;
            return typist;
        });
        if (isNew[0]) {
            count(key.conversationId, 1);
        }
        return isDue[0];
    }

    /** Returns false if the clock was set back. */
    private boolean isRecent(long millis) {
        long age = clock.millis() - millis;
        return age >= 0 && age < limits.typingInterval().toMillis();
    }

    /** Adds the entry atomically, as another lane may remove the session with its last entry at the same time. */
    private void put(String conversationId, Session session, Typing started) {
        typing.compute(session, (key, found) -> {
            Map<String, Typing> entries = found == null ? new ConcurrentHashMap<>() : found;
            entries.put(conversationId, started);
            return entries;
        });
    }

    /** Returns the user whom the session reported as typing, or null. */
    @Nullable
    public String typist(String conversationId, Session session) {
        Typing entry = typing.getOrDefault(session, Map.of()).get(conversationId);
        return entry == null ? null : entry.key.userId;
    }

    /** Returns whether any session of the user is typing. */
    public boolean isTyping(String conversationId, String userId) {
        return typists.containsKey(new Key(conversationId, userId));
    }

    /**
     * Records that the session's user stopped typing, and returns the user's id. Returns empty if the session was not
     * typing, or if another session of the user still is.
     */
    public Optional<String> stop(String conversationId, Session session) {
        Typing stopped = remove(conversationId, session);
        return stopped != null && end(stopped.key, session) ? Optional.of(stopped.key.userId) : Optional.empty();
    }

    /** Ends typing for a session. Returns whether it was the user's last session that typed. */
    private boolean end(Key key, Session session) {
        boolean[] isLast = {false};
        typists.computeIfPresent(key, (same, typist) -> {
            isLast[0] = typist.sessions.remove(session) && typist.sessions.isEmpty();
            return typist.sessions.isEmpty() ? null : typist;
        });
        if (isLast[0]) {
            count(key.conversationId, -1);
        }
        return isLast[0];
    }

    /** Ends all typing of a closed session, and notifies the rooms. */
    public void end(Session session) {
        Map<String, Typing> ended = typing.remove(session);
        if (ended != null) {
            ended.values().forEach(stopped -> {
                stopped.cancel();
                if (end(stopped.key, session)) {
                    lanes.tryExecute(stopped.key.conversationId, () -> sendStopped(session, stopped.key));
                }
            });
        }
    }

    /** Ends typing after its time. An overloaded server sends no event, as clients end typing themselves. */
    private void expire(Session session, Typing expired) {
        boolean isScheduled = lanes.tryExecute(expired.key.conversationId, () -> {
            if (removeIfCurrent(session, expired)) {
                sendStopped(session, expired.key);
            }
        });
        if (!isScheduled) {
            removeIfCurrent(session, expired);
        }
    }

    private boolean removeIfCurrent(Session session, Typing expired) {
        Map<String, Typing> entries = typing.get(session);
        boolean isCurrent = entries != null && entries.remove(expired.key.conversationId, expired);
        if (isCurrent) {
            removeIfEmpty(session);
        }
        return isCurrent && end(expired.key, session);
    }

    /** Sends nothing if the user types again. */
    private void sendStopped(Session session, Key key) {
        if (!typists.containsKey(key)) {
            publisher.send(
                    new TypingStopped(key.conversationId, key.userId), new Audience.Room(key.conversationId, session));
        }
    }

    private @Nullable Typing remove(String conversationId, Session session) {
        Map<String, Typing> entries = typing.get(session);
        Typing removed = entries == null ? null : entries.remove(conversationId);
        if (removed != null) {
            removed.cancel();
            removeIfEmpty(session);
        }
        return removed;
    }

    private void removeIfEmpty(Session session) {
        typing.computeIfPresent(session, (key, entries) -> entries.isEmpty() ? null : entries);
    }

    /**
     * Returns the number of sessions that type, plus the number of users who type, counted for each conversation, plus the
     * number of these conversations.
     */
    public int size() {
        return typing.size() + typists.size() + counts.size();
    }

    /** A user who types in one conversation; changed only inside the map's atomic operations. */
    private static final class Typist {
        private final Set<Session> sessions = new HashSet<>(2);

        /** A session of the user. */
        private final Session starter;

        private long notifiedAt;

        private Typist(Session starter) {
            this.starter = starter;
        }
    }

    /** What one session types in one conversation. */
    private static final class Typing {
        private final Key key;

        /** Set and cancelled in the conversation's order, or after the session was removed. */
        @Nullable
        private Future<?> expiry;

        private Typing(Key key) {
            this.key = key;
        }

        private void cancel() {
            if (expiry != null) {
                expiry.cancel(false);
            }
        }
    }
}

package io.roomcast.chat.internal;

import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who is typing, by session and conversation, and the timers that end it.
 *
 * <p>A session's entry changes in the order of what the session asked for, so that a stop never overtakes its start.
 */
final class TypingTracker {
    private final ConcurrentHashMap<Session, Map<String, Typing>> typing = new ConcurrentHashMap<>();
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final Limits limits;

    TypingTracker(
            ConversationLanes lanes,
            Publisher publisher,
            Clock clock,
            ScheduledExecutorService scheduler,
            Limits limits) {
        this.lanes = lanes;
        this.publisher = publisher;
        this.clock = clock;
        this.scheduler = scheduler;
        this.limits = limits;
    }

    /** Notes that the user is typing, from now on; false if the others were told so a moment ago. */
    boolean start(String conversationId, String userId, Session session) {
        Typing before = remove(conversationId, session);
        boolean told = before != null && before.userId.equals(userId) && isRecent(before.toldAt);
        Typing now = before != null && told ? new Typing(userId, before.toldAt) : new Typing(userId, clock.millis());
        remember(conversationId, session, now);
        now.expiry = scheduler.schedule(
                () -> expire(conversationId, session, now),
                limits.typingTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
        return !told;
    }

    /** In one step, as another lane may be forgetting the session, whose last entry it took out. */
    private void remember(String conversationId, Session session, Typing now) {
        typing.compute(session, (key, found) -> {
            Map<String, Typing> mine = found == null ? new ConcurrentHashMap<>() : found;
            mine.put(conversationId, now);
            return mine;
        });
    }

    /** A clock that was set back makes nothing recent. */
    private boolean isRecent(long toldAt) {
        long ago = clock.millis() - toldAt;
        return ago >= 0 && ago < limits.typingInterval().toMillis();
    }

    /** Notes that the session's user stopped typing; empty if nobody was. */
    Optional<String> stop(String conversationId, Session session) {
        return Optional.ofNullable(remove(conversationId, session)).map(stopped -> stopped.userId);
    }

    /** The session is over: its user stops typing everywhere. */
    void end(Session session) {
        Map<String, Typing> ended = typing.remove(session);
        if (ended != null) {
            ended.forEach((conversationId, stopped) -> {
                stopped.cancel();
                lanes.offer(conversationId, () -> tell(conversationId, session, stopped));
            });
        }
    }

    /** Clients end typing by themselves after its time, so an overloaded server may leave it at that. */
    private void expire(String conversationId, Session session, Typing expired) {
        boolean taken = lanes.offer(conversationId, () -> {
            if (forget(conversationId, session, expired)) {
                tell(conversationId, session, expired);
            }
        });
        if (!taken) {
            forget(conversationId, session, expired);
        }
    }

    private boolean forget(String conversationId, Session session, Typing expired) {
        Map<String, Typing> mine = typing.get(session);
        boolean found = mine != null && mine.remove(conversationId, expired);
        if (found) {
            forgetIfSilent(session);
        }
        return found;
    }

    private void tell(String conversationId, Session session, Typing stopped) {
        publisher.tell(new TypingStopped(conversationId, stopped.userId), new Audience.Room(conversationId, session));
    }

    private @Nullable Typing remove(String conversationId, Session session) {
        Map<String, Typing> mine = typing.get(session);
        Typing removed = mine == null ? null : mine.remove(conversationId);
        if (removed != null) {
            removed.cancel();
            forgetIfSilent(session);
        }
        return removed;
    }

    private void forgetIfSilent(Session session) {
        typing.computeIfPresent(session, (key, mine) -> mine.isEmpty() ? null : mine);
    }

    /** How many sessions have a user who is typing. */
    int size() {
        return typing.size();
    }

    private static final class Typing {
        private final String userId;
        private final long toldAt;

        @Nullable
        private ScheduledFuture<?> expiry;

        private Typing(String userId, long toldAt) {
            this.userId = userId;
            this.toldAt = toldAt;
        }

        private void cancel() {
            if (expiry != null) {
                expiry.cancel(false);
            }
        }
    }
}

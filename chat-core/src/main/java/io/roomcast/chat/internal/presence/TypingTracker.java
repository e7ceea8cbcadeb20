package io.roomcast.chat.internal.presence;

import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.internal.execution.ConversationLanes;
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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tracks which users are typing in which conversation, by their sessions, with the timers that end it.
 *
 * <p>A user types while at least one of the user's sessions does. A session's entry changes in the order of the
 * session's commands, so that a stop never overtakes its start.
 */
public final class TypingTracker {
    private record Place(String conversationId, String userId) {}

    private final ConcurrentHashMap<Session, Map<String, Typing>> typing = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Place, Typist> typists = new ConcurrentHashMap<>();
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final Limits limits;

    public TypingTracker(
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

    /** Notes that the session's user is typing. Returns false if the others were notified a moment ago. */
    public boolean start(String conversationId, String userId, Session session) {
        remove(conversationId, session);
        Typing now = new Typing(new Place(conversationId, userId));
        boolean isNews = begin(now.place, session);
        remember(conversationId, session, now);
        now.expiry = scheduler.schedule(
                () -> expire(session, now), limits.typingTimeout().toMillis(), TimeUnit.MILLISECONDS);
        return isNews;
    }

    private boolean begin(Place place, Session session) {
        boolean[] isNews = {false};
        typists.compute(place, (key, found) -> {
            Typist typist = found == null ? new Typist() : found;
            typist.sessions.add(session);
            isNews[0] = found == null || !isRecent(typist.toldAt);
            typist.toldAt = isNews[0] ? clock.millis() : typist.toldAt;
            return typist;
        });
        return isNews[0];
    }

    /** A clock that was set back makes nothing recent. */
    private boolean isRecent(long toldAt) {
        long ago = clock.millis() - toldAt;
        return ago >= 0 && ago < limits.typingInterval().toMillis();
    }

    /** In one step, as another lane may be forgetting the session, whose last entry it took out. */
    private void remember(String conversationId, Session session, Typing now) {
        typing.compute(session, (key, found) -> {
            Map<String, Typing> mine = found == null ? new ConcurrentHashMap<>() : found;
            mine.put(conversationId, now);
            return mine;
        });
    }

    /** Returns the user whom the session reported as typing, or null. */
    @Nullable
    public String typist(String conversationId, Session session) {
        Typing mine = typing.getOrDefault(session, Map.of()).get(conversationId);
        return mine == null ? null : mine.place.userId;
    }

    /** Returns whether any session of the user is typing. */
    public boolean isTyping(String conversationId, String userId) {
        return typists.containsKey(new Place(conversationId, userId));
    }

    /**
     * Notes that the session's user stopped typing there, and returns the user's id. Returns empty if the session was
     * not typing, or if another session of the user still is.
     */
    public Optional<String> stop(String conversationId, Session session) {
        Typing stopped = remove(conversationId, session);
        return stopped != null && end(stopped.place, session) ? Optional.of(stopped.place.userId) : Optional.empty();
    }

    /** Ends typing for a session. Returns whether it was the user's last session that typed. */
    private boolean end(Place place, Session session) {
        boolean[] isLast = {false};
        typists.computeIfPresent(place, (key, typist) -> {
            isLast[0] = typist.sessions.remove(session) && typist.sessions.isEmpty();
            return typist.sessions.isEmpty() ? null : typist;
        });
        return isLast[0];
    }

    /** Ends all typing of a session that is over. */
    public void end(Session session) {
        Map<String, Typing> ended = typing.remove(session);
        if (ended != null) {
            ended.values().forEach(stopped -> {
                stopped.cancel();
                if (end(stopped.place, session)) {
                    lanes.offer(stopped.place.conversationId, () -> tell(session, stopped.place));
                }
            });
        }
    }

    /** Clients end typing by themselves after its time, so an overloaded server may leave it at that. */
    private void expire(Session session, Typing expired) {
        boolean taken = lanes.offer(expired.place.conversationId, () -> {
            if (forget(session, expired)) {
                tell(session, expired.place);
            }
        });
        if (!taken) {
            forget(session, expired);
        }
    }

    private boolean forget(Session session, Typing expired) {
        Map<String, Typing> mine = typing.get(session);
        boolean found = mine != null && mine.remove(expired.place.conversationId, expired);
        if (found) {
            forgetIfSilent(session);
        }
        return found && end(expired.place, session);
    }

    /** Not where the user began again meanwhile. */
    private void tell(Session session, Place place) {
        if (!typists.containsKey(place)) {
            publisher.tell(
                    new TypingStopped(place.conversationId, place.userId),
                    new Audience.Room(place.conversationId, session));
        }
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

    /** How many sessions have a user who is typing, and how many users that makes in each place. */
    public int size() {
        return typing.size() + typists.size();
    }

    /** A user who types in one place; changed in the map's hands alone. */
    private static final class Typist {
        private final Set<Session> sessions = new HashSet<>(2);
        private long toldAt;
    }

    private static final class Typing {
        private final Place place;

        @Nullable
        private ScheduledFuture<?> expiry;

        private Typing(Place place) {
            this.place = place;
        }

        private void cancel() {
            if (expiry != null) {
                expiry.cancel(false);
            }
        }
    }
}

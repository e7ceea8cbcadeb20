package io.roomcast.chat.internal.presence;

import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.port.Timers;
import io.roomcast.chat.internal.presence.OnlineUser.Farewell;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Presence.Status;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which users are here, by their sessions on this server, and who hears of it; safe for use by any thread.
 *
 * <p>A user is here from the first session on until some time after the last, so that a short break is no news. What is
 * told of one user is told under that user's monitor, and therefore in order. Whoever changes often is told of once a
 * second, as they are then. Anonymous sessions are nobody's.
 *
 * <p>A user who comes shares no room yet: rooms learn by {@link io.roomcast.chat.event.UserJoined} that one is online.
 */
public final class PresenceTracker {
    private static final Logger log = LoggerFactory.getLogger(PresenceTracker.class);

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ConcurrentHashMap<String, OnlineUser> users = new ConcurrentHashMap<>();
    private final LastSeen lastSeen = new LastSeen();
    private final PresenceSubscriptions watchers = new PresenceSubscriptions();
    private final RoomRegistry rooms;
    private final PresenceVisibility acquaintances;
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final Clock clock;
    private final Timers timers;

    public PresenceTracker(
            RoomRegistry rooms,
            PresenceVisibility acquaintances,
            ConversationLanes lanes,
            Publisher publisher,
            Clock clock,
            Timers timers) {
        this.rooms = rooms;
        this.acquaintances = acquaintances;
        this.lanes = lanes;
        this.publisher = publisher;
        this.clock = clock;
        this.timers = timers;
    }

    /** A session began; it may have been ended meanwhile. */
    public void open(Session session) {
        session.principal().knownUserId().ifPresent(userId -> arrive(userId, session));
        if (!rooms.isOpen(session)) {
            end(session, Set.of());
        }
    }

    /** Tries again where the user is just going: that is told first. */
    private void arrive(String userId, Session session) {
        boolean arrived = false;
        while (!arrived) {
            OnlineUser user = users.computeIfAbsent(userId, id -> new OnlineUser());
            synchronized (user) {
                arrived = !user.isOver();
                if (arrived && user.add(session)) {
                    tellIfChanged(userId, user);
                }
            }
        }
    }

    /** A session ended that was in the given rooms. */
    public void end(Session session, Set<String> left) {
        watchers.end(session);
        session.principal()
                .knownUserId()
                .ifPresent(userId -> with(userId, user -> {
                    if (user.remove(session)) {
                        Farewell farewell = new Farewell(now(), left);
                        user.leave(farewell, timers.after(GRACE, () -> expire(userId, user, farewell)));
                    }
                    tellIfChanged(userId, user);
                }));
    }

    private void expire(String userId, OnlineUser user, Farewell farewell) {
        synchronized (user) {
            if (!user.isGoneSince(farewell)) {
                return;
            }
            user.end();
            lastSeen.note(userId, farewell.at());
            tell(new Presence(userId, Status.OFFLINE, farewell.at()), farewell.rooms());
            users.remove(userId, user);
        }
    }

    /**
     * A session says whether its user is away from the keyboard; others see it once all of the user's sessions do, and
     * {@linkplain #tellNews hear} of it separately.
     */
    public Presence set(String userId, Session session, Status status) {
        with(userId, user -> user.set(session, status));
        return of(userId);
    }

    /** Tells of the user what was not told yet. */
    public void tellNews(String userId) {
        with(userId, user -> tellIfChanged(userId, user));
    }

    private void with(String userId, Consumer<OnlineUser> change) {
        OnlineUser user = users.get(userId);
        if (user != null) {
            synchronized (user) {
                change.accept(user);
            }
        }
    }

    private void tellIfChanged(String userId, OnlineUser user) {
        Instant now = clock.instant();
        if (!user.hasNews()) {
            return;
        }
        Duration rest = user.restAt(now);
        if (rest.isZero()) {
            user.tell(now);
            tell(userId, user);
        } else if (!user.isWaiting()) {
            user.await(timers.after(rest, () -> tellLate(userId, user)));
        }
    }

    private void tellLate(String userId, OnlineUser user) {
        synchronized (user) {
            user.await(null);
            if (!user.isOver()) {
                tellIfChanged(userId, user);
            }
        }
    }

    private void tell(String userId, OnlineUser user) {
        Set<String> shared = new LinkedHashSet<>();
        user.sessions().forEach(session -> shared.addAll(rooms.roomsOf(session)));
        tell(new Presence(userId, user.status(), null), shared);
    }

    private void tell(Presence presence, Collection<String> conversationIds) {
        Set<Session> hearers = new LinkedHashSet<>();
        Set<Session> unknown = new LinkedHashSet<>();
        for (Session watcher : watchers.of(presence.userId())) {
            (areKnown(presence.userId(), watcher) ? hearers : unknown).add(watcher);
        }
        for (String conversationId : conversationIds) {
            if (!rooms.isLarge(conversationId)) {
                hearers.addAll(rooms.members(conversationId));
            }
        }
        publisher.tell(new PresenceChanged(presence), new Audience.Sessions(List.copyOf(hearers)));
        unknown.removeAll(hearers);
        tellAcquaintances(presence.userId(), unknown);
    }

    private boolean areKnown(String userId, Session watcher) {
        return watcher.principal()
                .knownUserId()
                .filter(viewer -> acquaintances.areKnown(viewer, userId))
                .isPresent();
    }

    /**
     * Sends the user's presence, as it is by then, to those sessions that may see it. Asks the store which ones may.
     */
    private void tellAcquaintances(String userId, Set<Session> sessions) {
        if (!sessions.isEmpty()) {
            try {
                lanes.anyTime(() -> tellNow(userId, acquaintancesAmong(sessions, userId)));
            } catch (ChatException busy) {
                log.debug("{} sessions are not told of a user's presence: {}", sessions.size(), busy.code());
            }
        }
    }

    private List<Session> acquaintancesAmong(Set<Session> sessions, String userId) {
        Set<String> viewers = new HashSet<>();
        sessions.forEach(session -> session.principal().knownUserId().ifPresent(viewers::add));
        Set<String> seeing = acquaintances.of(userId, viewers);
        return sessions.stream()
                .filter(session -> session.principal()
                        .knownUserId()
                        .filter(seeing::contains)
                        .isPresent())
                .toList();
    }

    /**
     * Sends the presence again if the user connects or disconnects meanwhile, as the first event may be out of date.
     */
    private void tellNow(String userId, List<Session> sessions) {
        boolean isTold = false;
        while (!isTold) {
            OnlineUser user = users.get(userId);
            if (user == null) {
                publisher.tell(new PresenceChanged(of(userId)), new Audience.Sessions(sessions));
            } else {
                synchronized (user) {
                    publisher.tell(new PresenceChanged(of(userId)), new Audience.Sessions(sessions));
                }
            }
            isTold = users.get(userId) == user;
        }
    }

    /**
     * Forgets a user without publishing a last-seen time; the user's sessions have ended. Watchers must subscribe to
     * the user again.
     */
    public void forget(String userId) {
        OnlineUser user = users.get(userId);
        if (user != null) {
            synchronized (user) {
                user.forget().ifPresent(rooms -> tell(new Presence(userId, Status.OFFLINE, null), rooms));
            }
            if (user.isOver()) {
                users.remove(userId, user);
            }
        }
        lastSeen.forget(userId);
        watchers.forget(userId);
    }

    /** What others see of a user. */
    public Presence of(String userId) {
        OnlineUser user = users.get(userId);
        if (user != null) {
            synchronized (user) {
                if (!user.isOver()) {
                    return new Presence(userId, user.status(), null);
                }
            }
        }
        return new Presence(userId, Status.OFFLINE, lastSeen.at(userId));
    }

    /** The session hears of the users from now on, until it ends. */
    public void watch(Session session, Collection<String> userIds) {
        watchers.watch(session, userIds);
        if (!rooms.isOpen(session)) {
            watchers.end(session);
        }
    }

    /** The session hears no more of the users, unless they share a room. */
    public void unwatch(Session session, Collection<String> userIds) {
        watchers.unwatch(session, userIds);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** How many users are here, or went a moment ago; and sessions that watch, and users who are watched. */
    public int size() {
        return users.size() + watchers.size();
    }
}

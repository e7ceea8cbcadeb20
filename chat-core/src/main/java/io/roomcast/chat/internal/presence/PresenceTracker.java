package io.roomcast.chat.internal.presence;

import io.roomcast.chat.event.PresenceChanged;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.presence.OnlineUser.Departure;
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
 * Tracks which users are online, by their sessions on this server, and sends presence events. Safe for use by any thread.
 *
 * <p>A user is online from the first session until a grace period after the last one, so that a short break sends no
 * event. Subscribers and users in common rooms receive the events. A user's events are sent under the user's monitor, and
 * therefore in order. A user who changes often causes one event a second, with the status by then. Anonymous sessions
 * have no presence.
 *
 * <p>A user who has just connected is in no room yet. Rooms receive {@link io.roomcast.chat.event.UserJoined} later.
 */
public final class PresenceTracker {
    private static final Logger log = LoggerFactory.getLogger(PresenceTracker.class);

    private static final Duration GRACE_PERIOD = Duration.ofSeconds(10);

    private final ConcurrentHashMap<String, OnlineUser> users = new ConcurrentHashMap<>();
    private final LastSeen lastSeen = new LastSeen();
    private final PresenceSubscriptions subscriptions = new PresenceSubscriptions();
    private final RoomRegistry rooms;
    private final PresenceVisibility visibility;
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final Clock clock;
    private final SafeScheduler scheduler;

    public PresenceTracker(
            RoomRegistry rooms,
            PresenceVisibility visibility,
            ConversationLanes lanes,
            Publisher publisher,
            Clock clock,
            SafeScheduler scheduler) {
        this.rooms = rooms;
        this.visibility = visibility;
        this.lanes = lanes;
        this.publisher = publisher;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Adds a session, which may have been closed in the meantime. */
    public void open(Session session) {
        session.principal().knownUserId().ifPresent(userId -> add(userId, session));
        if (!rooms.isOpen(session)) {
            end(session, Set.of());
        }
    }

    /** Retries while the user is going offline: that event is sent first. */
    private void add(String userId, Session session) {
        boolean isAdded = false;
        while (!isAdded) {
            OnlineUser user = users.computeIfAbsent(userId, id -> new OnlineUser());
            synchronized (user) {
                isAdded = !user.isOver();
                if (isAdded && user.add(session)) {
                    publishIfChanged(userId, user);
                }
            }
        }
    }

    /** Removes a closed session, which was in the given rooms. Starts the grace period after the user's last session. */
    public void end(Session session, Set<String> left) {
        subscriptions.end(session);
        session.principal()
                .knownUserId()
                .ifPresent(userId -> with(userId, user -> {
                    if (user.remove(session)) {
                        Departure departure = new Departure(clock.instant(), left);
                        user.depart(departure, scheduler.schedule(GRACE_PERIOD, () -> expire(userId, user, departure)));
                    }
                    publishIfChanged(userId, user);
                }));
    }

    private void expire(String userId, OnlineUser user, Departure departure) {
        synchronized (user) {
            if (!user.isGoneSince(departure)) {
                return;
            }
            user.end();
            log.debug("user {} is offline", userId);
            lastSeen.record(userId, departure.at());
            send(new Presence(userId, Status.OFFLINE, departure.at()), departure.rooms());
            users.remove(userId, user);
        }
    }

    /**
     * Sets the status of one session and returns the user's: away if all of the user's sessions are away. Sends nothing
     * until {@link #publishPending}.
     */
    public Presence set(String userId, Session session, Status status) {
        with(userId, user -> user.set(session, status));
        return presenceOf(userId);
    }

    /** Sends the user's presence if it has changed since the last event, now or after the quiet period. */
    public void publishPending(String userId) {
        with(userId, user -> publishIfChanged(userId, user));
    }

    private void with(String userId, Consumer<OnlineUser> change) {
        OnlineUser user = users.get(userId);
        if (user != null) {
            synchronized (user) {
                change.accept(user);
            }
        }
    }

    private void publishIfChanged(String userId, OnlineUser user) {
        Instant now = clock.instant();
        if (!user.hasChanged()) {
            return;
        }
        Duration quietPeriod = user.quietPeriodAt(now);
        if (quietPeriod.isZero()) {
            user.published(now);
            send(userId, user);
        } else if (!user.isPublicationDelayed()) {
            user.delayPublication(scheduler.schedule(quietPeriod, () -> publishDelayed(userId, user)));
        }
    }

    private void publishDelayed(String userId, OnlineUser user) {
        synchronized (user) {
            user.delayPublication(null);
            if (!user.isOver()) {
                publishIfChanged(userId, user);
            }
        }
    }

    private void send(String userId, OnlineUser user) {
        Set<String> conversationIds = new LinkedHashSet<>();
        user.sessions().forEach(session -> conversationIds.addAll(rooms.roomsOf(session)));
        send(new Presence(userId, user.status(), null), conversationIds);
    }

    private void send(Presence presence, Collection<String> conversationIds) {
        Set<Session> recipients = new LinkedHashSet<>();
        Set<Session> unknown = new LinkedHashSet<>();
        for (Session subscriber : subscriptions.subscribersOf(presence.userId())) {
            (isKnownVisible(presence.userId(), subscriber) ? recipients : unknown).add(subscriber);
        }
        for (String conversationId : conversationIds) {
            if (!rooms.isLarge(conversationId)) {
                recipients.addAll(rooms.sessionsIn(conversationId));
            }
        }
        publisher.send(new PresenceChanged(presence), new Audience.Sessions(List.copyOf(recipients)));
        unknown.removeAll(recipients);
        sendToVisible(presence.userId(), unknown);
    }

    private boolean isKnownVisible(String userId, Session subscriber) {
        return subscriber
                .principal()
                .knownUserId()
                .filter(viewer -> visibility.isKnownVisible(viewer, userId))
                .isPresent();
    }

    /** Sends the user's presence, as it is by then, to those sessions that may see it. Reads the store on a worker. */
    private void sendToVisible(String userId, Set<Session> sessions) {
        if (!sessions.isEmpty()) {
            try {
                lanes.execute(() -> sendCurrent(userId, visibleAmong(sessions, userId)));
            } catch (ChatException busy) {
                log.debug("dropped a presence event for {} sessions: {}", sessions.size(), busy.code());
            }
        }
    }

    private List<Session> visibleAmong(Set<Session> sessions, String userId) {
        Set<String> viewers = new HashSet<>();
        sessions.forEach(session -> session.principal().knownUserId().ifPresent(viewers::add));
        Set<String> visible = visibility.visibleTo(userId, viewers);
        return sessions.stream()
                .filter(session -> session.principal()
                        .knownUserId()
                        .filter(visible::contains)
                        .isPresent())
                .toList();
    }

    /** Sends the presence again if the user connects or disconnects in the meantime, as the event may be out of date. */
    private void sendCurrent(String userId, List<Session> sessions) {
        boolean isCurrent = false;
        while (!isCurrent) {
            OnlineUser user = users.get(userId);
            if (user == null) {
                publisher.send(new PresenceChanged(presenceOf(userId)), new Audience.Sessions(sessions));
            } else {
                synchronized (user) {
                    publisher.send(new PresenceChanged(presenceOf(userId)), new Audience.Sessions(sessions));
                }
            }
            isCurrent = users.get(userId) == user;
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
                user.forget().ifPresent(left -> send(new Presence(userId, Status.OFFLINE, null), left));
            }
            if (user.isOver()) {
                users.remove(userId, user);
            }
        }
        lastSeen.forget(userId);
        subscriptions.forget(userId);
    }

    /** Returns the user's presence as others see it. */
    public Presence presenceOf(String userId) {
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

    /**
     * Subscribes the session to the users' presence, until it closes.
     *
     * @throws ChatException {@code subscription_limit} if the session subscribes to too many users
     */
    public void subscribe(Session session, Collection<String> userIds) {
        subscriptions.subscribe(session, userIds);
        if (!rooms.isOpen(session)) {
            subscriptions.end(session);
        }
    }

    /** Ends the session's subscriptions to the users. Events of users in common rooms are still sent. */
    public void unsubscribe(Session session, Collection<String> userIds) {
        subscriptions.unsubscribe(session, userIds);
    }

    /** Returns the number of users who are online or in the grace period, plus the size of the subscriptions. */
    public int size() {
        return users.size() + subscriptions.size();
    }
}

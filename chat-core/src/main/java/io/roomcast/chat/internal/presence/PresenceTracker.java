package io.roomcast.chat.internal.presence;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.presence.OnlineUser.Departure;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RemotePresence;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.model.Presence.Status;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks which users are online, by their sessions on all nodes, and sends presence events. Safe for use by any thread.
 *
 * <p>A user is online from the first session until a grace period after the last one, so that a short break sends no
 * event. Subscribers and users in common rooms receive the events. A user's events are sent under the user's monitor, and
 * therefore in order. A user who changes often causes one event a second, with the status by then. Anonymous sessions
 * have no presence.
 *
 * <p>A user who has just connected is in no room yet. Rooms receive {@link io.roomcast.chat.event.UserJoined} later.
 */
public final class PresenceTracker implements RemotePresence.Local {
    private static final Logger log = LoggerFactory.getLogger(PresenceTracker.class);

    private static final Duration GRACE_PERIOD = Duration.ofSeconds(10);

    /** How long a subscription waits for other nodes, also while this one shuts down. */
    private static final Duration MAX_WAIT = Duration.ofMillis(200);

    private final ConcurrentHashMap<String, OnlineUser> users = new ConcurrentHashMap<>();
    private final LastSeen lastSeen = new LastSeen();
    private final PresenceSubscriptions subscriptions;
    private final PresenceSender sender;
    private final RoomRegistry rooms;
    private final RemotePresence remote;
    private final HiddenPresence hidden;
    private final Clock clock;
    private final SafeScheduler scheduler;

    /** Creates a tracker without users. */
    public PresenceTracker(
            RoomRegistry rooms,
            PresenceVisibility visibility,
            HiddenPresence hidden,
            ConversationLanes lanes,
            Publisher publisher,
            RemotePresence remote,
            Clock clock,
            SafeScheduler scheduler) {
        this.rooms = rooms;
        this.remote = remote;
        this.hidden = hidden;
        this.clock = clock;
        this.scheduler = scheduler;
        this.subscriptions = new PresenceSubscriptions(remote);
        this.sender = new PresenceSender(rooms, visibility, hidden, subscriptions, lanes, publisher);
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
            OnlineUser user = users.computeIfAbsent(userId, id -> new OnlineUser(elsewhere(id)));
            synchronized (user) {
                isAdded = !user.isOver();
                if (isAdded && user.add(session)) {
                    publishIfChanged(userId, user);
                }
            }
        }
    }

    /** Returns the status that subscribers know of a user without a session on this node. */
    private Status elsewhere(String userId) {
        return remote.withElsewhere(new Presence(userId, Status.OFFLINE, null)).status();
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
            record(userId, departure.at());
            Presence now = presenceOf(userId);
            if (user.isNew(now.status())) {
                send(now, departure.rooms());
                remote.send(now, sender.small(departure.rooms()));
            }
            users.remove(userId, user);
        }
    }

    private void record(String userId, Instant at) {
        String forgotten = lastSeen.record(userId, at);
        remote.announce(userId, own(userId));
        if (forgotten != null) {
            remote.withdraw(forgotten);
        }
    }

    private void announce(String userId, OnlineUser user) {
        remote.announce(userId, new Presence(userId, user.status(), null));
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

    /** Sends what subscribers and rooms do not know yet, also on other nodes. */
    private void publishIfChanged(String userId, OnlineUser user) {
        publishIfChanged(userId, user, true);
    }

    private void publishIfChanged(String userId, OnlineUser user, boolean isOwnChange) {
        Instant now = clock.instant();
        Presence presence = presenceOf(userId);
        if (!user.isNew(presence.status())) {
            announce(userId, user);
            return;
        }
        Duration quietPeriod = user.quietPeriodAt(now);
        if (quietPeriod.isZero()) {
            user.published(presence.status(), now);
            announce(userId, user);
            send(presence, user, isOwnChange);
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

    private void send(Presence presence, OnlineUser user, boolean isOwnChange) {
        Set<String> conversationIds = roomsOf(user);
        send(presence, conversationIds);
        if (isOwnChange) {
            remote.send(presence, sender.small(conversationIds));
        }
    }

    private Set<String> roomsOf(OnlineUser user) {
        Set<String> conversationIds = new LinkedHashSet<>();
        user.sessions().forEach(session -> conversationIds.addAll(rooms.roomsOf(session)));
        return conversationIds;
    }

    private void send(Presence presence, Collection<String> conversationIds) {
        sender.send(presence, conversationIds, visible -> sendCurrent(presence.userId(), visible));
    }

    private void sendInFirst(Presence presence, List<String> conversationIds, Collection<String> otherRooms) {
        sender.sendInFirst(presence, conversationIds, otherRooms, visible -> sendCurrent(presence.userId(), visible));
    }

    @Override
    public void changed(String userId, boolean isKnown) {
        OnlineUser user = users.get(userId);
        if (user != null) {
            synchronized (user) {
                if (!user.isOver()) {
                    publishIfChanged(userId, user, false);
                    return;
                }
            }
        }
        if (!isKnown) {
            send(presenceOf(userId), Set.of());
        }
    }

    @Override
    public void received(Presence presence, List<String> conversationIds) {
        OnlineUser user = users.get(presence.userId());
        if (user == null) {
            sendInFirst(presence, conversationIds, Set.of());
            return;
        }
        synchronized (user) {
            if (presenceOf(presence.userId()).status() == presence.status() || isConcealed(presence)) {
                sendInFirst(presence, conversationIds, roomsOf(user));
            }
        }
    }

    /** Sends the presence again if the user connects or disconnects in the meantime, as the event may be out of date. */
    private void sendCurrent(String userId, List<Session> sessions) {
        boolean isCurrent = false;
        while (!isCurrent) {
            OnlineUser user = users.get(userId);
            if (user == null) {
                sender.sendTo(sessions, shown(userId));
            } else {
                synchronized (user) {
                    sender.sendTo(sessions, shown(userId));
                }
            }
            isCurrent = users.get(userId) == user;
        }
    }

    private boolean isConcealed(Presence presence) {
        return presence.equals(PresenceSender.concealed(presence.userId()))
                && Boolean.TRUE.equals(hidden.ifKnown(presence.userId()));
    }

    private Presence shown(String userId) {
        return Boolean.TRUE.equals(hidden.ifKnown(userId)) ? PresenceSender.concealed(userId) : presenceOf(userId);
    }

    /** Sends the presence of a user who may have hidden or shown it, as others see it now. Never blocks. */
    public void visibilityChanged(String userId) {
        hidden.read(userId, isHidden -> {
            Set<String> conversationIds = new LinkedHashSet<>();
            with(userId, user -> conversationIds.addAll(roomsOf(user)));
            if (isHidden) {
                sender.conceal(userId, conversationIds);
            } else {
                send(presenceOf(userId), conversationIds);
            }
            if (!conversationIds.isEmpty()) {
                remote.send(shown(userId), sender.small(conversationIds));
            }
        });
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
        remote.withdraw(userId);
        subscriptions.forget(userId);
    }

    /** Returns the user's presence as others see it, as far as this node knows. */
    public Presence presenceOf(String userId) {
        return remote.withElsewhere(own(userId));
    }

    /** Returns the presence of users as others see it. May read it from other nodes for 100 ms. */
    public List<Presence> presenceOf(Collection<String> userIds) {
        return remote.read(userIds.stream().map(this::own).toList());
    }

    /** Returns whether a session has reported that its user is away. */
    boolean isAway(String userId, Session session) {
        OnlineUser user = users.get(userId);
        if (user == null) {
            return false;
        }
        synchronized (user) {
            return user.isAway(session);
        }
    }

    @Override
    public Presence own(String userId) {
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
     * Subscribes the session to the users' presence, until it closes. Waits at most 200 ms for other nodes.
     *
     * @throws ChatException {@code subscription_limit} if the session subscribes to too many users
     */
    public void subscribe(Session session, Collection<String> userIds) {
        List<CompletionStage<?>> ready = subscriptions.subscribe(session, userIds);
        CompletableFuture.allOf(
                        ready.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
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

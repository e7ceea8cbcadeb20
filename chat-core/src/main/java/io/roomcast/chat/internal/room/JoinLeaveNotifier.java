package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.occupancy.RoomUsers;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notifies rooms when users join and leave, by the first and the last of their sessions; safe for use by any thread.
 *
 * <p>A session without a user counts as a user of its own, and the session's id identifies it. A large room receives at
 * most one such event a second, about the user who joined or left last. So its clients know how many users are
 * there, not which ones.
 */
public final class JoinLeaveNotifier {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Knows who is typing, and is called when the users or sessions of a room may have changed. */
    public interface Observer {
        /** The number of users or sessions in the room, or of typing users on other nodes, may have changed. */
        void changed(String conversationId);

        /** Returns the number of users typing on this node if the room is large, else 0. Called on any thread. */
        int typing(String conversationId);
    }

    private static final Observer NONE = new Observer() {
        @Override
        public void changed(String conversationId) {}

        @Override
        public int typing(String conversationId) {
            return 0;
        }
    };

    private final RoomRegistry rooms;
    private final RoomUsers users;
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final Clock clock;
    private final SafeScheduler scheduler;
    private volatile Observer observer = NONE;

    public JoinLeaveNotifier(
            RoomRegistry rooms,
            RoomUsers users,
            ConversationLanes lanes,
            Publisher publisher,
            Clock clock,
            SafeScheduler scheduler) {
        this.rooms = rooms;
        this.users = users;
        this.lanes = lanes;
        this.publisher = publisher;
        this.clock = clock;
        this.scheduler = scheduler;
        users.onChange(new OtherNodes());
    }

    /** Sets the observer. Called once, before the first session. */
    public void observe(Observer added) {
        observer = added;
    }

    /** Notifies this node's rooms of users on other nodes. */
    private final class OtherNodes implements RoomUsers.Listener {
        @Override
        public int sessions(String conversationId) {
            return rooms.size(conversationId);
        }

        @Override
        public int typing(String conversationId) {
            return observer.typing(conversationId);
        }

        @Override
        public void changed(String conversationId) {
            observer.changed(conversationId);
        }

        @Override
        public void joined(String conversationId, String userId) {
            if (announceOrDelay(conversationId, userId)) {
                send(conversationId, new UserJoined(conversationId, userId, online(conversationId)));
            }
        }

        @Override
        public void left(String conversationId, String userId) {
            if (announceOrDelay(conversationId, userId)) {
                send(conversationId, new UserLeft(conversationId, userId, online(conversationId)));
            }
        }

        @Override
        public void viewing(String conversationId, String userId, boolean isViewing) {
            send(
                    conversationId,
                    isViewing
                            ? new ViewingStarted(conversationId, userId)
                            : new ViewingStopped(conversationId, userId));
        }

        private void send(String conversationId, ChatEvent event) {
            publisher.sendHere(event, new Audience.Room(conversationId, null));
        }
    }

    /** Returns the number of users in a room on all nodes; each session without a user counts as one. */
    public int online(String conversationId) {
        return users.online(conversationId, rooms.online(conversationId));
    }

    /** Returns the id that join and leave events use: the user's, or the session's if it has no user. */
    public static String nameOf(Session session) {
        return session.principal().knownUserId().orElseGet(session::id);
    }

    /**
     * Returns the event to send after the session has joined the room. Returns empty if another session of the user is
     * there, or if the event is delayed. Called in the conversation's order.
     */
    public Optional<UserJoined> joinEvent(String conversationId, Session session) {
        String userId = session.principal().userId();
        boolean isFirst = userId == null || rooms.sessionsOf(conversationId, userId) == 1;
        sessionsChanged(conversationId, isFirst);
        return isFirst
                        && users.joined(conversationId, nameOf(session))
                        && announceOrDelay(conversationId, nameOf(session))
                ? Optional.of(new UserJoined(conversationId, nameOf(session), online(conversationId)))
                : Optional.empty();
    }

    /**
     * Records that a session joined or left the room on this node.
     *
     * @param isAnnounced whether the other nodes receive the change of the user
     */
    private void sessionsChanged(String conversationId, boolean isAnnounced) {
        if (!isAnnounced) {
            users.changed(conversationId);
        }
        observer.changed(conversationId);
    }

    /** Announces the number of typing users on this node to the other nodes. */
    public void typingChanged(String conversationId) {
        users.changed(conversationId);
    }

    /** Returns the number of users typing on other nodes, if the room is large. */
    public int typingElsewhere(String conversationId) {
        return users.typingElsewhere(conversationId);
    }

    /** As {@link #leaveEvent(String, String)}, for the session's user. */
    public Optional<UserLeft> leaveEvent(String conversationId, Session session) {
        return leaveEvent(conversationId, nameOf(session));
    }

    /**
     * Returns the event to send after the user's session has left the room. Returns empty if another session of the user
     * is there, or if the event is delayed. Called in the conversation's order.
     */
    public Optional<UserLeft> leaveEvent(String conversationId, String userId) {
        sessionsChanged(conversationId, hasLeft(conversationId, userId));
        return users.left(conversationId, userId, () -> hasLeft(conversationId, userId))
                        && announceOrDelay(conversationId, userId)
                ? Optional.of(new UserLeft(conversationId, userId, online(conversationId)))
                : Optional.empty();
    }

    private boolean hasLeft(String conversationId, String userId) {
        return rooms.sessionsOf(conversationId, userId) == 0;
    }

    /**
     * Records that the user begins or ends viewing on this node. Returns whether that changes what clients know: the user
     * may be viewing on another node.
     */
    public boolean viewing(String conversationId, String userId, boolean isViewing) {
        return users.viewing(conversationId, userId, isViewing);
    }

    /**
     * Returns the users who are viewing the conversation on other nodes. Reads them, for at most the given time, if this
     * node does not know them yet.
     */
    public Set<String> readViewersElsewhere(String conversationId, Duration maxWait) {
        return users.readViewersElsewhere(conversationId)
                .toCompletableFuture()
                .completeOnTimeout(Set.of(), maxWait.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private boolean announceOrDelay(String conversationId, String userId) {
        boolean may = rooms.tryAnnounce(conversationId, clock.millis());
        if (!may) {
            announceLater(conversationId, userId);
        }
        return may;
    }

    /**
     * Schedules one more event, so that a large room's last event has the right number of users. It is about the user
     * who joined or left last: the answer to that user's join has the number already.
     */
    private void announceLater(String conversationId, String userId) {
        if (rooms.scheduleAnnouncement(conversationId, userId)) {
            Future<?> unused = scheduler.schedule(PAUSE, () -> announceInOrder(conversationId));
        }
    }

    /** Drops the event if too many tasks wait, so that the next join or leave schedules another one. */
    private void announceInOrder(String conversationId) {
        if (!lanes.tryExecute(conversationId, () -> announceNow(conversationId))) {
            rooms.takeAnnouncement(conversationId);
        }
    }

    private void announceNow(String conversationId) {
        String userId = rooms.takeAnnouncement(conversationId);
        if (userId == null || !announceOrDelay(conversationId, userId)) {
            return;
        }
        int online = online(conversationId);
        Session joined = sessionOf(conversationId, userId);
        ChatEvent event = joined == null && !users.isElsewhere(conversationId, userId)
                ? new UserLeft(conversationId, userId, online)
                : new UserJoined(conversationId, userId, online);
        publisher.send(event, new Audience.Room(conversationId, joined));
    }

    private @Nullable Session sessionOf(String conversationId, String userId) {
        return rooms.sessionsIn(conversationId).stream()
                .filter(session -> nameOf(session).equals(userId))
                .findFirst()
                .orElse(null);
    }

    /**
     * Notifies the rooms that a closed session was in. An overloaded server notifies none.
     *
     * <p>Many sessions may close at the same time, so rooms where the event would be suppressed get no task.
     */
    public void sessionEnded(Session session, Set<String> conversationIds) {
        for (String conversationId : conversationIds) {
            if (rooms.isAnnouncementSuppressed(conversationId, clock.millis())) {
                endSuppressed(conversationId, nameOf(session));
            } else {
                endInOrder(conversationId, session);
            }
        }
    }

    private void endSuppressed(String conversationId, String userId) {
        sessionsChanged(conversationId, hasLeft(conversationId, userId));
        if (users.left(conversationId, userId, () -> hasLeft(conversationId, userId))) {
            announceLater(conversationId, userId);
        }
    }

    private void endInOrder(String conversationId, Session session) {
        if (!lanes.tryExecute(conversationId, () -> sendLeave(conversationId, session))) {
            String userId = nameOf(session);
            users.left(conversationId, userId, () -> hasLeft(conversationId, userId));
        }
    }

    private void sendLeave(String conversationId, Session session) {
        leaveEvent(conversationId, session)
                .ifPresent(event -> publisher.send(event, new Audience.Room(conversationId, null)));
    }
}

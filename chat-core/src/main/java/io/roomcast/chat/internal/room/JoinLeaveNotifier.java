package io.roomcast.chat.internal.room;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.port.Timers;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
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

    private final RoomRegistry rooms;
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final Clock clock;

    private final Timers timers;

    public JoinLeaveNotifier(
            RoomRegistry rooms, ConversationLanes lanes, Publisher publisher, Clock clock, Timers timers) {
        this.rooms = rooms;
        this.lanes = lanes;
        this.publisher = publisher;
        this.clock = clock;
        this.timers = timers;
    }

    /** Returns the id that join and leave events use: the user's, or the session's if it has no user. */
    public static String nameOf(Session session) {
        return session.principal().knownUserId().orElseGet(session::id);
    }

    /** What the others are to be told after the session came into the room; called in the conversation's order. */
    public Optional<UserJoined> joined(String conversationId, Session session) {
        String userId = session.principal().userId();
        boolean isNews = userId == null || rooms.count(conversationId, userId) == 1;
        return isNews && mayAnnounce(conversationId, nameOf(session))
                ? Optional.of(new UserJoined(conversationId, nameOf(session), rooms.online(conversationId)))
                : Optional.empty();
    }

    /** What the others are to be told after the session went out of the room; called in the conversation's order. */
    public Optional<UserLeft> left(String conversationId, Session session) {
        return left(conversationId, nameOf(session));
    }

    /** The same after a user's sessions were put out; empty as long as one is there, or is there again. */
    public Optional<UserLeft> left(String conversationId, String userId) {
        return rooms.count(conversationId, userId) == 0 && mayAnnounce(conversationId, userId)
                ? Optional.of(new UserLeft(conversationId, userId, rooms.online(conversationId)))
                : Optional.empty();
    }

    private boolean mayAnnounce(String conversationId, String userId) {
        boolean may = rooms.mayAnnounce(conversationId, clock.millis());
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
        if (rooms.owes(conversationId, userId)) {
            Future<?> unused = timers.after(PAUSE, () -> announceSoon(conversationId));
        }
    }

    /** If too much waits, drops the event, so that the next join or leave schedules another one. */
    private void announceSoon(String conversationId) {
        if (!lanes.offer(conversationId, () -> announceNow(conversationId))) {
            rooms.pays(conversationId);
        }
    }

    private void announceNow(String conversationId) {
        String userId = rooms.pays(conversationId);
        if (userId == null || !mayAnnounce(conversationId, userId)) {
            return;
        }
        int online = rooms.online(conversationId);
        Session joined = sessionOf(conversationId, userId);
        ChatEvent event = joined == null
                ? new UserLeft(conversationId, userId, online)
                : new UserJoined(conversationId, userId, online);
        publisher.tell(event, new Audience.Room(conversationId, joined));
    }

    private @Nullable Session sessionOf(String conversationId, String userId) {
        return rooms.members(conversationId).stream()
                .filter(session -> nameOf(session).equals(userId))
                .findFirst()
                .orElse(null);
    }

    /**
     * The session is over and was in the given rooms; an overloaded server leaves them untold.
     *
     * <p>Many may end at once, so that lanes are asked only where there is somebody to tell.
     */
    public void ended(Session session, Set<String> conversationIds) {
        for (String conversationId : conversationIds) {
            if (rooms.isHushed(conversationId, clock.millis())) {
                announceLater(conversationId, nameOf(session));
            } else {
                lanes.offer(conversationId, () -> tellLeft(conversationId, session));
            }
        }
    }

    private void tellLeft(String conversationId, Session session) {
        left(conversationId, session)
                .ifPresent(event -> publisher.tell(event, new Audience.Room(conversationId, null)));
    }
}

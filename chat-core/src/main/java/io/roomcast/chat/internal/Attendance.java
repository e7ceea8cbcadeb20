package io.roomcast.chat.internal;

import io.roomcast.chat.event.UserJoined;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Tells rooms which users come and go, by the first and the last of their sessions; safe for use by any thread.
 *
 * <p>Anonymous sessions count and are not named. A large room is told at most once a second, of whoever comes or goes
 * then: its clients learn how many are there, not who.
 */
final class Attendance {
    private final RoomRegistry rooms;
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final Clock clock;

    Attendance(RoomRegistry rooms, ConversationLanes lanes, Publisher publisher, Clock clock) {
        this.rooms = rooms;
        this.lanes = lanes;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** What the others are to be told after the session came into the room; called in the conversation's order. */
    Optional<UserJoined> joined(String conversationId, Session session) {
        return session.principal()
                .knownUserId()
                .filter(userId -> rooms.count(conversationId, userId) == 1)
                .filter(userId -> rooms.mayAnnounce(conversationId, clock.millis()))
                .map(userId -> new UserJoined(conversationId, userId, rooms.size(conversationId)));
    }

    /** What the others are to be told after the session went out of the room; called in the conversation's order. */
    Optional<UserLeft> left(String conversationId, Session session) {
        return session.principal().knownUserId().flatMap(userId -> left(conversationId, userId));
    }

    /** The same after a user's sessions were put out; empty as long as one is there, or is there again. */
    Optional<UserLeft> left(String conversationId, String userId) {
        boolean isNews = rooms.count(conversationId, userId) == 0 && rooms.mayAnnounce(conversationId, clock.millis());
        return isNews
                ? Optional.of(new UserLeft(conversationId, userId, rooms.size(conversationId)))
                : Optional.empty();
    }

    /**
     * The session is over and was in the given rooms; an overloaded server leaves them untold.
     *
     * <p>Many may end at once, so that lanes are asked only where there is somebody to tell.
     */
    void ended(Session session, Set<String> conversationIds) {
        if (session.principal().userId() != null) {
            conversationIds.stream()
                    .filter(conversationId -> !rooms.isHushed(conversationId, clock.millis()))
                    .forEach(conversationId -> lanes.offer(conversationId, () -> tellLeft(conversationId, session)));
        }
    }

    private void tellLeft(String conversationId, Session session) {
        left(conversationId, session)
                .ifPresent(event -> publisher.tell(event, new Audience.Room(conversationId, null)));
    }
}

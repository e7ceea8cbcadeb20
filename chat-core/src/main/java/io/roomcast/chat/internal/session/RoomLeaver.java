package io.roomcast.chat.internal.session;

import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.internal.presence.TypingTracker;
import io.roomcast.chat.internal.presence.ViewingTracker;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.JoinLeaveNotifier;
import io.roomcast.chat.internal.room.OutboundEvent;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes sessions out of a room, and ends their typing and viewing there. Called in the conversation's order; sends
 * nothing itself.
 */
public final class RoomLeaver {
    private final RoomRegistry rooms;
    private final TypingTracker typing;
    private final ViewingTracker viewing;
    private final JoinLeaveNotifier notifier;

    RoomLeaver(RoomRegistry rooms, TypingTracker typing, ViewingTracker viewing, JoinLeaveNotifier notifier) {
        this.rooms = rooms;
        this.typing = typing;
        this.viewing = viewing;
        this.notifier = notifier;
    }

    /** Takes the context's session out of a room. Adds the events for the others to the context. */
    public void leave(String conversationId, CommandContext context) {
        Session session = context.session();
        typing.stop(conversationId, session)
                .ifPresent(userId -> context.sendToOthers(conversationId, new TypingStopped(conversationId, userId)));
        viewing.stop(conversationId, session)
                .ifPresent(userId -> context.sendToOthers(conversationId, new ViewingStopped(conversationId, userId)));
        if (rooms.leave(conversationId, session)) {
            notifier.leaveEvent(conversationId, session)
                    .ifPresent(event -> context.sendToOthers(conversationId, event));
        }
    }

    /**
     * Removes all sessions of a user from a room, also those that type there without having joined.
     *
     * @return the events for the removed sessions and for the others
     */
    public List<OutboundEvent> evict(String conversationId, String userId) {
        return evict(conversationId, userId, session -> true);
    }

    /** As {@link #evict(String, String)}, for those of the user's sessions that match. */
    public List<OutboundEvent> evict(String conversationId, String userId, Predicate<Session> matching) {
        List<Session> inRoom = rooms.sessionsIn(conversationId);
        List<Session> sessions =
                rooms.sessionsOf(userId).stream().filter(matching).toList();
        List<Session> evicted = sessions.stream().filter(inRoom::contains).toList();
        List<OutboundEvent> events = new ArrayList<>();
        sessions.forEach(session -> events.addAll(eventsOfLeaving(conversationId, session)));
        if (!evicted.isEmpty()) {
            events.add(evicted(conversationId, userId, evicted));
        }
        return events;
    }

    /** Removes one session from a room. Returns the events for it and for the others. */
    public List<OutboundEvent> evict(String conversationId, Session session) {
        List<OutboundEvent> events = new ArrayList<>(eventsOfLeaving(conversationId, session));
        events.add(evicted(conversationId, JoinLeaveNotifier.nameOf(session), List.of(session)));
        return events;
    }

    private List<OutboundEvent> eventsOfLeaving(String conversationId, Session session) {
        CommandContext context = new CommandContext(session, session.principal().userId());
        leave(conversationId, context);
        return context.events();
    }

    private OutboundEvent evicted(String conversationId, String userId, List<Session> sessions) {
        UserLeft left = new UserLeft(conversationId, userId, notifier.online(conversationId));
        return new OutboundEvent(left, new Audience.Sessions(sessions));
    }
}

package io.roomcast.chat.internal.join;

import io.roomcast.chat.event.ConversationDeleted;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.TtlCache;
import io.roomcast.chat.internal.receipt.Receipts;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.OutboundEvent;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.RoomLeaver;
import io.roomcast.chat.model.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes the rooms of deleted conversations: forgets what is cached about the conversation, takes all sessions out of the
 * room, and notifies them and the members. Safe for use by any thread.
 */
public final class RoomCloser {
    /** The time within which another node may announce the same deletion to the room and to the members. */
    private static final Duration REPEATED_WITHIN = Duration.ofMinutes(1);

    private static final int MAX_CONVERSATIONS = 10_000;

    /** The sessions that were notified, by conversation. */
    private final TtlCache<String, Set<Session>> notified;

    private final RoomRegistry registry;
    private final Rooms rooms;
    private final Receipts receipts;
    private final PendingJoins joins;
    private final RoomLeaver leaver;
    private final ConversationLanes lanes;

    RoomCloser(
            Rooms rooms,
            Receipts receipts,
            PendingJoins joins,
            RoomLeaver leaver,
            ConversationLanes lanes,
            Clock clock) {
        this.notified = new TtlCache<>(clock, REPEATED_WITHIN, MAX_CONVERSATIONS, sessions -> 1);
        this.registry = rooms.registry();
        this.rooms = rooms;
        this.receipts = receipts;
        this.joins = joins;
        this.leaver = leaver;
        this.lanes = lanes;
    }

    /**
     * Closes the room; called in the conversation's order, after the store has deleted the conversation.
     *
     * @param userIds the members to notify, besides the sessions in the room
     * @return the event for those sessions of this node that were not notified before
     */
    public OutboundEvent closeNow(ConversationDeleted event, Collection<String> userIds) {
        String conversationId = event.conversationId();
        forget(conversationId);
        joins.restartAll(conversationId);
        List<Session> inRoom = registry.sessionsIn(conversationId);
        inRoom.forEach(session -> leave(conversationId, session));
        Set<Session> recipients = new LinkedHashSet<>(inRoom);
        userIds.forEach(userId -> recipients.addAll(registry.sessionsOf(userId)));
        return new OutboundEvent(event, new Audience.Sessions(notYetNotified(conversationId, recipients)));
    }

    /** Forgets what is cached. Also called when it is unknown whether the store has deleted the conversation. */
    public void forget(String conversationId) {
        rooms.membershipCache().invalidateConversation(conversationId);
        receipts.forgetConversation(conversationId);
    }

    /** Drops the events of leaving, as no session remains in the room. */
    private void leave(String conversationId, Session session) {
        leaver.leave(
                conversationId, new CommandContext(session, session.principal().userId()));
    }

    private List<Session> notYetNotified(String conversationId, Collection<Session> sessions) {
        Set<Session> known = notifiedOf(conversationId);
        return sessions.stream().filter(known::add).toList();
    }

    private synchronized Set<Session> notifiedOf(String conversationId) {
        Set<Session> known = notified.getIfPresent(conversationId);
        if (known == null) {
            known = ConcurrentHashMap.newKeySet();
            notified.merge(conversationId, known, (before, now) -> now);
        }
        return known;
    }

    /** Closes the room after the commands that already wait for the conversation. */
    public void close(ConversationDeleted event, Collection<String> userIds) {
        lanes.executeSerially(event.conversationId(), () -> rooms.publisher().publishHere(closeNow(event, userIds)));
    }
}

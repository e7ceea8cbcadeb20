package io.roomcast.chat.internal.join;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.room.OutboundEvent;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.session.RecentRevocations;
import io.roomcast.chat.internal.session.RoomLeaver;
import io.roomcast.chat.model.Session;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** Removes a user's sessions from a room, including those that are about to join. Safe for use by any thread. */
public final class RoomEvictor {
    private volatile BiConsumer<String, String> listener = (conversationId, userId) -> {};
    private final RecentRevocations revocations;
    private final PendingJoins joins;
    private final RoomLeaver leaver;
    private final ConversationLanes lanes;
    private final Publisher publisher;

    RoomEvictor(
            RecentRevocations revocations,
            PendingJoins joins,
            RoomLeaver leaver,
            ConversationLanes lanes,
            Publisher publisher) {
        this.revocations = revocations;
        this.joins = joins;
        this.leaver = leaver;
        this.lanes = lanes;
        this.publisher = publisher;
    }

    /** Sets the listener that is called with a conversation and a user who was removed from its room. */
    public void onEvict(BiConsumer<String, String> evicted) {
        listener = evicted;
    }

    /** Removes the sessions; called in the conversation's order. Returns the events for them and for the others. */
    public List<OutboundEvent> evictNow(String conversationId, String userId) {
        joins.revoke(conversationId, userId);
        listener.accept(conversationId, userId);
        return leaver.evict(conversationId, userId);
    }

    /** Removes the sessions after the commands that already wait, as one of these may be about to join the room. */
    public void evict(String conversationId, String userId) {
        revocations.remove(conversationId, userId);
        joins.revoke(conversationId, userId);
        lanes.executeSerially(
                conversationId, () -> evictNow(conversationId, userId).forEach(publisher::publish));
    }

    /**
     * Removes the sessions that the user had when another node removed the user from the room, some time ago. Does nothing
     * if this node has done so then.
     */
    public void evict(String conversationId, String userId, Duration ago) {
        if (revocations.remove(conversationId, userId, ago)) {
            listener.accept(conversationId, userId);
            joins.revoke(conversationId, userId);
            lanes.executeSerially(
                    conversationId,
                    () -> leaver.evict(conversationId, userId, session -> wasPresent(conversationId, session))
                            .forEach(publisher::publish));
        }
    }

    private boolean wasPresent(String conversationId, Session session) {
        return !revocations.isAdmittedSinceRemoval(session.principal(), conversationId);
    }
}

package io.roomcast.chat.internal.room;

import io.roomcast.chat.internal.cluster.Channel;
import io.roomcast.chat.internal.cluster.ClusterEvent;
import io.roomcast.chat.internal.cluster.ClusterEvent.ConversationNotice;
import io.roomcast.chat.internal.cluster.ClusterEvent.ConversationNotice.Cause;
import io.roomcast.chat.internal.cluster.ClusterMembership;
import io.roomcast.chat.internal.cluster.ClusterRequests;
import io.roomcast.chat.internal.cluster.ControlEvent;
import io.roomcast.chat.internal.cluster.ControlEvent.Request.Action;
import io.roomcast.chat.internal.cluster.ControlEvent.UserSessions.RankedSession;
import io.roomcast.chat.internal.cluster.NodeId;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.model.UserProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the other nodes of what concerns users and conversations, and requests them to act. Does nothing on a single
 * node. Safe for use by any thread; no method blocks or throws.
 */
public final class OtherNodes {
    /** How long to wait for the responses of other nodes. */
    static final Duration MAX_WAIT = Duration.ofSeconds(2);

    /**
     * A user whom the host changed.
     *
     * @param profile the user as everyone may see it, or null if it is unknown yet
     * @param conversationIds the rooms to notify
     * @param spreads whether nodes with sessions of the user notify further rooms
     */
    public record ChangedUser(
            String userId, @Nullable UserProfile profile, List<String> conversationIds, boolean spreads) {
        private ClusterEvent toEvent(List<String> ids, boolean isFirst) {
            return profile == null
                    ? new ClusterEvent.UserChange(userId, null, null, null, ids, false, isFirst)
                    : new ClusterEvent.UserChange(
                            userId, profile.name(), profile.avatarUrl(), profile.metadata(), ids, true, isFirst);
        }

        static ChangedUser of(ClusterEvent.UserChange event) {
            UserProfile profile = event.isKnown()
                    ? new UserProfile(event.userId(), event.name(), event.avatarUrl(), event.metadata())
                    : null;
            return new ChangedUser(event.userId(), profile, event.conversationIds(), event.spreads());
        }
    }

    private final RemoteNodes remote;
    private final SafeScheduler scheduler;

    @Nullable
    private volatile ClusterMembership membership;

    @Nullable
    private volatile ClusterRequests requests;

    OtherNodes(RemoteNodes remote, SafeScheduler scheduler) {
        this.remote = remote;
        this.scheduler = scheduler;
    }

    /** Sends requests to the members from now on. */
    void connect(ClusterMembership members, ClusterRequests sent) {
        membership = members;
        requests = sent;
    }

    /** Returns whether there may be other nodes. */
    public boolean mayExist() {
        return remote.isOpen();
    }

    /** Returns the nodes that live as far as this one knows, without this one, with their names. */
    Map<NodeId, String> live() {
        ClusterMembership members = membership;
        return members == null ? Map.of() : members.live();
    }

    /** Notifies the other nodes with sessions of the user of an unread count. */
    public void sendUnread(
            String userId, String conversationId, long latestSeq, long readSeq, @Nullable MessagePreview lastMessage) {
        remote.publish(
                Channel.user(userId),
                new ClusterEvent.UnreadNotice(userId, conversationId, latestSeq, readSeq, lastMessage));
    }

    /** Notifies the other nodes that a message which mentions a user was stored or deleted. */
    public void sendMentions(String userId, String conversationId) {
        notify(userId, conversationId, Cause.MENTIONS, null);
    }

    /** Notifies the other nodes that a user has changed preferences. */
    public void sendPreferences(String userId, String conversationId) {
        notify(userId, conversationId, Cause.PREFERENCES, null);
        remote.publish(Channel.all(), new ControlEvent.Invalidate(conversationId, List.of(userId), false));
    }

    /**
     * Has the other nodes apply a user's privacy.
     *
     * @param isOfPresence whether the user may have hidden or shown the presence
     */
    public void sendPrivacy(String userId, boolean isOfPresence) {
        String reason = isOfPresence ? RemoteEvents.PRESENCE_PRIVACY : RemoteEvents.OTHER_PRIVACY;
        remote.publish(Channel.all(), new ControlEvent.Invalidate(reason, List.of(userId), false));
    }

    /** Has the other nodes read the devices of a user again. */
    public void sendDevices(String userId) {
        sendPrivacy(userId, false);
    }

    private void notify(String userId, String conversationId, Cause cause, @Nullable String actorId) {
        remote.publish(Channel.user(userId), new ConversationNotice(userId, conversationId, cause, null, actorId));
    }

    /**
     * Notifies the other nodes of a user's sessions on this one, by their ids, with their ranks.
     *
     * @param asks whether they respond with theirs
     */
    public void sendSessions(String userId, Map<String, Long> ranks, boolean asks) {
        List<RankedSession> sessions = new ArrayList<>();
        ranks.forEach((id, rank) -> sessions.add(new RankedSession(id, rank)));
        remote.publish(Channel.user(userId), new ControlEvent.UserSessions(userId, asks, sessions));
    }

    /** Notifies the other nodes of a changed call. */
    public void sendCall(List<String> fields) {
        remote.publish(Channel.all(), new ClusterEvent.CallChange(fields));
    }

    /** Sends a signal of a call to the other nodes with sessions of a user. */
    public void sendCallSignal(String userId, List<String> fields) {
        remote.publish(Channel.user(userId), new ClusterEvent.CallSignal(userId, fields));
    }

    /** Has the other nodes forget a changed user and notify their sessions. */
    public void userChanged(ChangedUser changed) {
        remote.publish(Channel.all(), changed.toEvent(changed.conversationIds(), changed.spreads()));
    }

    /** Has the other nodes with sessions in the room notify these of a changed user. */
    public void userChangedIn(String conversationId, ChangedUser changed) {
        remote.publish(Channel.conversation(conversationId), changed.toEvent(List.of(conversationId), false));
    }

    /** Ends the user's sessions on the other nodes. Completes when all have done so, or fails with {@code timeout}. */
    public CompletableFuture<Void> revoke(String userId) {
        return request(Action.REVOKE, null, userId);
    }

    /** As {@link #revoke}, but removes the user's sessions from one room. */
    public CompletableFuture<Void> kick(String conversationId, String userId) {
        return request(Action.KICK, conversationId, userId);
    }

    /** As {@link #kick}, for a user who is no longer a member. */
    public CompletableFuture<Void> removeMember(String conversationId, String userId) {
        return request(Action.REMOVE_MEMBER, conversationId, userId);
    }

    /** Has the other nodes apply a member's new role. */
    public CompletableFuture<Void> changeRole(String conversationId, String userId) {
        return request(Action.CHANGE_ROLE, conversationId, userId);
    }

    /** Has the other nodes forget a user who was erased, without waiting for them. */
    public void forget(String userId) {
        CompletableFuture<Void> unused = request(Action.FORGET_USER, null, userId);
    }

    /**
     * Has the other nodes close the room of a deleted conversation, and notifies the members there.
     *
     * @param by the user who deleted it, or null for the host
     */
    public CompletableFuture<Void> deleteConversation(
            String conversationId, @Nullable String by, Collection<String> memberIds) {
        memberIds.forEach(userId -> notify(userId, conversationId, Cause.DELETED, by));
        return request(Action.DELETE_CONVERSATION, conversationId, by);
    }

    private CompletableFuture<Void> request(Action action, @Nullable String conversationId, @Nullable String userId) {
        ClusterRequests sent = requests;
        Map<NodeId, String> nodes = live();
        if (sent == null || nodes.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        ClusterRequests.Waiting waiting = sent.send(action, conversationId, userId, nodes);
        Future<?> timer = scheduler.schedule(MAX_WAIT, () -> expire(sent, waiting));
        return waiting.done().whenComplete((done, failure) -> timer.cancel(false));
    }

    private static void expire(ClusterRequests sent, ClusterRequests.Waiting waiting) {
        Collection<String> silent = sent.expire(waiting.id());
        waiting.done()
                .completeExceptionally(ChatException.of(
                        ErrorCode.TIMEOUT, new IllegalStateException("no response of the nodes " + silent)));
    }
}

package io.roomcast.chat.internal.handler;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.ConversationUpdated;
import io.roomcast.chat.event.MemberAdded;
import io.roomcast.chat.event.MemberRemoved;
import io.roomcast.chat.event.MemberUpdated;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Cluster;
import io.roomcast.chat.internal.room.OtherNodes;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out on this node what was requested or changed on another. Safe for use by any thread; may block. */
final class RemoteRequests implements Cluster.Requests {
    private final ChatParts parts;
    private final ConversationDeletion deletion;

    RemoteRequests(ChatParts parts, ConversationDeletion deletion) {
        this.parts = parts;
        this.deletion = deletion;
    }

    @Override
    public void revoke(String userId) {
        parts.sessions().lifecycle().revoke(userId);
    }

    @Override
    public void revoke(String userId, Duration ago) {
        parts.sessions().lifecycle().revoke(userId, ago);
    }

    @Override
    public void sessions(String userId, Map<String, Long> ranks, boolean asks) {
        parts.sessions().surplus().received(userId, ranks, asks);
    }

    @Override
    public Map<String, Duration> recentRevocations() {
        return parts.sessions().revocations().recent();
    }

    @Override
    public void kick(String conversationId, String userId) {
        parts.joins().evictor().evict(conversationId, userId);
    }

    @Override
    public void kick(String conversationId, String userId, Duration ago) {
        // The user may have been removed from the conversation, too.
        changeRole(conversationId, userId);
        parts.joins().evictor().evict(conversationId, userId, ago);
    }

    @Override
    public Map<String, Map<String, Duration>> recentKicks() {
        return parts.sessions().revocations().recentRemovals();
    }

    @Override
    public void removeMember(String conversationId, String userId) {
        changeRole(conversationId, userId);
        parts.receipts().forget(conversationId, List.of(userId));
        parts.presence().visibility().invalidate();
        kick(conversationId, userId);
    }

    @Override
    public void changeRole(String conversationId, String userId) {
        parts.rooms().membershipCache().invalidate(conversationId, List.of(userId));
        parts.rooms().memberCache().invalidate(conversationId);
    }

    @Override
    public void forget(String userId) {
        parts.sessions().revocations().erase(userId);
        revoke(userId);
        drop(userId);
    }

    /**
     * Erases the user again if the user had a session here, in whose name something may have been stored since. Without one
     * the user may be a new one with the same id.
     */
    @Override
    public void forget(String userId, Duration ago) {
        if (parts.sessions().revocations().erase(userId, ago)) {
            boolean wasHere = parts.sessions().lifecycle().revoke(userId, ago);
            drop(userId);
            if (wasHere) {
                parts.settings().store().eraseUser(userId);
                drop(userId);
            }
        }
    }

    @Override
    public Map<String, Duration> recentErasures() {
        return parts.sessions().revocations().recentErasures();
    }

    private void drop(String userId) {
        parts.attention().forget(userId);
        parts.receipts().forget(userId);
        parts.rooms().membershipCache().invalidateUser(userId);
        parts.presence().presence().forget(userId);
        parts.settings().rateLimiter().forget(userId);
        parts.users().forget(userId);
        parts.devices().forget(userId);
        parts.listeners().erased();
    }

    @Override
    public void absent() {
        parts.rooms().membershipCache().close();
        parts.rooms().memberCache().close();
        parts.attention().settings().close();
        parts.presence().visibility().invalidate();
        parts.users().forgetAll();
    }

    @Override
    public void userChanged(OtherNodes.ChangedUser changed) {
        parts.users().received(changed);
    }

    @Override
    public void updated(String conversationId, @Nullable String actorId, Set<String> userIds) {
        parts.settings()
                .store()
                .conversation(conversationId)
                .map(ConversationEditor::forAllMembers)
                .ifPresent(found -> send(new ConversationUpdated(found, actorId), userIds));
    }

    @Override
    public void memberAdded(String conversationId, String addedId, @Nullable String actorId, Set<String> userIds) {
        changeRole(conversationId, addedId);
        parts.receipts().forget(conversationId, List.of(addedId));
        parts.settings().store().conversation(conversationId).ifPresent(found -> {
            Set<String> others = new LinkedHashSet<>(userIds);
            if (others.remove(addedId)) {
                MemberAdded whole = new MemberAdded(ConversationEditor.forAllMembers(found), addedId, actorId);
                send(whole, Set.of(addedId));
            }
            send(new MemberAdded(ConversationEditor.brief(found), addedId, actorId), others);
        });
    }

    @Override
    public void memberRemoved(String conversationId, String removedId, @Nullable String actorId, Set<String> userIds) {
        changeRole(conversationId, removedId);
        send(new MemberRemoved(conversationId, removedId, actorId), userIds);
    }

    @Override
    public void memberUpdated(String conversationId, String memberId, @Nullable String actorId, Set<String> userIds) {
        changeRole(conversationId, memberId);
        parts.settings()
                .store()
                .member(conversationId, memberId)
                .ifPresent(member -> send(new MemberUpdated(conversationId, member, actorId), userIds));
    }

    @Override
    public void conversationDeleted(String conversationId, @Nullable String actorId, Set<String> userIds) {
        deletion.deletedElsewhere(conversationId, actorId, userIds);
    }

    @Override
    public void mentionsChanged(String conversationId, Set<String> userIds) {
        parts.receipts().unread().recountMentions(conversationId, userIds);
    }

    @Override
    public void preferencesChanged(String userId, String conversationId) {
        parts.attention().preferences().changedElsewhere(userId, conversationId);
    }

    private void send(ChatEvent event, Set<String> userIds) {
        parts.rooms().publisher().sendHere(event, new Audience.Users(userIds));
    }
}

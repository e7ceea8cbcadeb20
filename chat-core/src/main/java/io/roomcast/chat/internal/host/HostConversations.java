package io.roomcast.chat.internal.host;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.internal.execution.ConversationLocks;
import io.roomcast.chat.internal.handler.ChatParts;
import io.roomcast.chat.internal.handler.ConversationEditor;
import io.roomcast.chat.internal.handler.HandlerParts;
import io.roomcast.chat.internal.handler.Handlers;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Cluster;
import io.roomcast.chat.internal.room.OtherNodes;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Creates and changes conversations for the host, on the host's threads. Applies the same rules as to clients' commands.
 * Safe for use by any thread; blocks for the store and for earlier changes of the conversation.
 */
public final class HostConversations {
    private final ConversationEditor editor;
    private final ConversationLocks locks;
    private final Handlers commands;
    private final Rules rules;
    private final Publisher publisher;
    private final OtherNodes others;
    private final Cluster.Requests here;
    private final Clock clock;

    HostConversations(ChatParts parts, HandlerParts handlers) {
        this.editor = handlers.editor();
        this.locks = handlers.locks();
        this.commands = handlers.commands();
        this.rules = parts.rules();
        this.publisher = parts.rooms().publisher();
        this.others = parts.rooms().others();
        this.here = handlers.requests();
        this.clock = parts.settings().clock();
    }

    /** Creates a conversation, or returns the existing one with its id. */
    public Conversation create(NewConversation conversation) {
        rules.conversations().create(conversation);
        return locks.run(conversation.conversationId(), () -> editor.create(conversation, null, this::send));
    }

    /** Changes the title, the metadata, or both; null keeps the value. */
    public Conversation update(String conversationId, @Nullable String title, @Nullable String metadata) {
        commands.validate(new UpdateConversation(conversationId, title, metadata), false);
        return locks.run(conversationId, () -> {
            ConversationUpdate update = new ConversationUpdate(conversationId, title, metadata, clock.instant());
            return editor.update(update, null, this::send);
        });
    }

    /** Adds the users who are not members yet. */
    public Conversation addMembers(String conversationId, Collection<String> userIds) {
        commands.validate(new AddMembers(conversationId, List.copyOf(userIds)), false);
        return locks.run(
                conversationId, () -> editor.addMembers(editor.require(conversationId), userIds, null, this::send));
    }

    /** Ends a membership, and removes the user's sessions from the room. */
    public void removeMember(String conversationId, String userId) {
        commands.validate(new RemoveMember(conversationId, userId), false);
        locks.run(conversationId, () -> editor.removeMember(editor.require(conversationId), userId, null, this::send));
        here.kick(conversationId, userId);
        await(others.removeMember(conversationId, userId));
    }

    /** Gives a member a role. Returns false if the user is not a member. */
    public boolean changeRole(String conversationId, String userId, Role role) {
        rules.ids().member(conversationId, userId);
        boolean isMember =
                locks.run(conversationId, () -> editor.changeRole(conversationId, userId, role, null, this::send));
        await(others.changeRole(conversationId, userId));
        return isMember;
    }

    /**
     * Removes a user's sessions from a room, on each node after the commands that already wait for the conversation. The
     * future completes when all nodes have accepted that.
     */
    public CompletableFuture<Void> evict(String conversationId, String userId) {
        rules.ids().member(conversationId, userId);
        here.kick(conversationId, userId);
        return others.kick(conversationId, userId);
    }

    /** Waits for other nodes. The store has the change already. */
    private static void await(CompletableFuture<Void> others) {
        try {
            others.join();
        } catch (CompletionException failure) {
            throw ChatException.from(failure);
        }
    }

    private void send(Collection<String> userIds, ChatEvent event) {
        publisher.send(event, new Audience.Users(userIds));
    }
}

package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.RemoveMember;
import io.roomcast.chat.command.UpdateConversation;
import io.roomcast.chat.internal.rule.CommandRules;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationUpdate;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes conversations for the host, on the host's threads. Safe for use by any thread; blocks for the store.
 *
 * <p>The changes of one conversation run one at a time, so that their events are sent in the order in which the changes
 * were stored.
 */
public final class HostConversations {
    /** The number of locks. Conversations share them, as one for each conversation would have to be removed again. */
    private static final int LOCKS = 64;

    private final List<Lock> locks =
            Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();
    private final ConversationEditor conversations;
    private final CommandRules validator;
    private final ConversationEditor.News news;
    private final Clock clock;
    private final Duration patience;

    /**
     * Creates an instance without changes.
     *
     * @param patience how long a change may wait for earlier ones
     */
    public HostConversations(
            ConversationEditor conversations,
            CommandRules validator,
            ConversationEditor.News news,
            Clock clock,
            Duration patience) {
        this.conversations = conversations;
        this.validator = validator;
        this.news = news;
        this.clock = clock;
        this.patience = patience;
    }

    /** Creates a conversation, or returns the one that has its id already. */
    public Conversation create(NewConversation conversation) {
        validator.validate(conversation);
        return inTurn(conversation.conversationId(), () -> conversations.create(conversation, null, news));
    }

    public Conversation update(String conversationId, @Nullable String title, @Nullable String metadata) {
        validator.validate(new UpdateConversation(conversationId, title, metadata));
        return inTurn(conversationId, () -> {
            ConversationUpdate update = new ConversationUpdate(
                    conversationId, title, metadata, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            return conversations.update(update, null, news);
        });
    }

    public Conversation addMembers(String conversationId, Collection<String> userIds) {
        validator.validate(new AddMembers(conversationId, List.copyOf(userIds)));
        return inTurn(
                conversationId, () -> conversations.add(conversations.existing(conversationId), userIds, null, news));
    }

    /** Ends a membership. The caller removes the user's sessions from the room. */
    public Conversation removeMember(String conversationId, String userId) {
        validator.validate(new RemoveMember(conversationId, userId));
        return inTurn(
                conversationId, () -> conversations.remove(conversations.existing(conversationId), userId, null, news));
    }

    /** Gives a member a role. Returns false if the user is no member. */
    public boolean changeRole(String conversationId, String userId, Role role) {
        validator.member(conversationId, userId);
        return inTurn(conversationId, () -> conversations.changeRole(conversationId, userId, role, null, news));
    }

    private <T> T inTurn(String conversationId, Supplier<T> change) {
        Lock lock = locks.get(Math.floorMod(conversationId.hashCode(), LOCKS));
        acquire(lock);
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    private void acquire(Lock lock) {
        try {
            if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw ChatException.of(ErrorCode.TIMEOUT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ChatException.of(ErrorCode.TIMEOUT, interrupted);
        }
    }
}

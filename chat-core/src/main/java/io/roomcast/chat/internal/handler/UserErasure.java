package io.roomcast.chat.internal.handler;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.internal.execution.InFlight;
import io.roomcast.chat.internal.port.DaemonThreads;
import io.roomcast.chat.internal.presence.PresenceTracker;
import io.roomcast.chat.internal.receipt.Receipts;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.session.SessionLifecycle;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases users. Ends their sessions, removes them from memory, and has the store erase them. Repeats this once all work
 * in progress has ended. Safe for use by any thread.
 *
 * <p>Until then nothing is done in the user's name. Erasures run one after the other on a separate thread, as one may
 * take long.
 */
public final class UserErasure implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UserErasure.class);
    private static final int MOST_WAITING = 10_000;
    private static final int PAGE = 100;
    private static final Duration MORE_PATIENCE = Duration.ofSeconds(5);

    private final ConcurrentHashMap<String, CompletableFuture<Void>> erasing = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), new DaemonThreads("roomcast-erasure"));
    private final ChatStore store;
    private final ConversationEditor conversations;
    private final SessionLifecycle sessions;
    private final Receipts readership;
    private final MembershipCache memberships;
    private final PresenceTracker presence;
    private final RateLimiter limiter;
    private final Publisher publisher;
    private final InFlight inFlight;
    private final Duration patience;

    public UserErasure(
            ChatStore store,
            ConversationEditor conversations,
            SessionLifecycle sessions,
            Receipts readership,
            MembershipCache memberships,
            PresenceTracker presence,
            RateLimiter limiter,
            Publisher publisher,
            InFlight inFlight,
            Duration commandTimeout) {
        this.store = store;
        this.conversations = conversations;
        this.sessions = sessions;
        this.readership = readership;
        this.memberships = memberships;
        this.presence = presence;
        this.limiter = limiter;
        this.publisher = publisher;
        this.inFlight = inFlight;
        this.patience = commandTimeout.plus(MORE_PATIENCE);
        thread.allowCoreThreadTimeOut(true);
    }

    /** Begins an erasure, or joins one of the same user in progress; never blocks. */
    public CompletableFuture<Void> begin(String userId) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> running = erasing.putIfAbsent(userId, mine);
        if (running != null) {
            return running.copy();
        }
        try {
            thread.execute(() -> erase(userId, mine));
        } catch (RejectedExecutionException full) {
            end(userId, mine, ChatException.of(ErrorCode.SERVER_DRAINING, full));
        }
        return mine.copy();
    }

    private void erase(String userId, CompletableFuture<Void> outcome) {
        try {
            leaveGroups(userId);
            eraseNow(userId);
            await(inFlight.barrier());
            eraseNow(userId);
            end(userId, outcome, null);
        } catch (Throwable failure) {
            end(userId, outcome, ChatException.from(failure));
        }
    }

    /**
     * Removes the user from groups as a leaving member, so that the others are notified and an owned group gets a new
     * owner.
     */
    private void leaveGroups(String userId) {
        sessions.revoke(userId);
        ConversationQuery.@Nullable Cursor after = null;
        List<Conversation> page;
        do {
            page = store.conversations(new ConversationQuery(userId, after, PAGE));
            for (Conversation found : page) {
                after = found.cursor();
                if (found.kind() != ConversationKind.DIRECT) {
                    conversations.remove(conversations.existing(found.conversationId()), userId, null, this::tellUsers);
                }
            }
        } while (page.size() == PAGE);
    }

    private void tellUsers(Collection<String> userIds, ChatEvent event) {
        publisher.send(event, new Audience.Users(userIds));
    }

    private void eraseNow(String userId) {
        sessions.revoke(userId);
        forget(userId);
        store.eraseUser(userId);
        forget(userId);
    }

    private void forget(String userId) {
        readership.forget(userId);
        memberships.invalidateUser(userId);
        presence.forget(userId);
        limiter.forget(userId);
    }

    private void await(CompletableFuture<Void> settled) throws InterruptedException, ExecutionException {
        try {
            settled.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            log.warn("a user is erased while commands of {} ago have not ended", patience);
        }
    }

    private void end(String userId, CompletableFuture<Void> outcome, @Nullable ChatException failure) {
        erasing.remove(userId, outcome);
        if (failure == null) {
            outcome.complete(null);
        } else {
            outcome.completeExceptionally(failure);
        }
    }

    /** Returns whether the user is being erased, so that nothing may be done in the user's name. */
    public boolean isErasing(String userId) {
        return erasing.containsKey(userId);
    }

    /** Begins no more erasures. One that has begun fails with the store. */
    @Override
    public void close() {
        thread.shutdownNow();
        erasing.forEach((userId, outcome) -> end(userId, outcome, ChatException.of(ErrorCode.SERVER_DRAINING)));
    }
}

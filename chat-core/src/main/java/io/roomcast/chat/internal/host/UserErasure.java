package io.roomcast.chat.internal.host;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.internal.execution.ConversationLocks;
import io.roomcast.chat.internal.handler.ChatParts;
import io.roomcast.chat.internal.handler.ConversationEditor;
import io.roomcast.chat.internal.handler.HandlerParts;
import io.roomcast.chat.internal.port.AfterWrite;
import io.roomcast.chat.internal.port.DaemonThreads;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Cluster;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Conversation;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ConversationQuery;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.spi.ChatStore;
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
 * in progress has ended. Safe for use by any thread; never blocks the caller.
 *
 * <p>Until then no command runs in the user's name. Erasures run one after the other on a separate thread, as one may
 * take long.
 */
public final class UserErasure implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UserErasure.class);
    private static final int MAX_WAITING = 10_000;
    private static final int PAGE_SIZE = 100;

    /** How much longer than the command timeout to wait for commands in progress. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final ConcurrentHashMap<String, CompletableFuture<Void>> erasing = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), new DaemonThreads("roomcast-erasure"));
    private final ChatParts parts;
    private final ChatStore store;
    private final ConversationEditor editor;
    private final ConversationLocks locks;
    private final Cluster.Requests here;
    private final Duration timeout;

    UserErasure(ChatParts parts, HandlerParts handlers) {
        this.parts = parts;
        this.store = parts.settings().store();
        this.editor = handlers.editor();
        this.locks = handlers.locks();
        this.here = handlers.requests();
        this.timeout = parts.settings().limits().commandTimeout().plus(MARGIN);
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins an erasure, or joins one of the same user in progress.
     *
     * @throws ChatException {@link ErrorCode#INVALID_PAYLOAD} if the id is invalid
     */
    public CompletableFuture<Void> erase(String userId) {
        parts.rules().ids().userId(userId, "userId");
        CompletableFuture<Void> started = new CompletableFuture<>();
        CompletableFuture<Void> running = erasing.putIfAbsent(userId, started);
        if (running != null) {
            return running.copy();
        }
        try {
            thread.execute(() -> erase(userId, started));
        } catch (RejectedExecutionException closedOrFull) {
            end(userId, started, ChatException.of(ErrorCode.SERVER_DRAINING, closedOrFull));
        }
        return started.copy();
    }

    private void erase(String userId, CompletableFuture<Void> outcome) {
        boolean hasBegun = false;
        try {
            here.revoke(userId);
            CompletableFuture<Void> unused = parts.rooms().others().revoke(userId);
            store.ping();
            hasBegun = true;
            leaveGroups(userId);
            eraseNow(userId);
            await(parts.execution().inFlight().barrier());
            eraseNow(userId);
            end(userId, outcome, null);
        } catch (Throwable failure) {
            ChatException cause = ChatException.from(failure);
            end(userId, outcome, hasBegun ? AfterWrite.failed(cause) : cause);
        }
    }

    /**
     * Removes the user from groups as a leaving member, so that the others are notified and an owned group gets a new
     * owner.
     */
    private void leaveGroups(String userId) {
        ConversationQuery.@Nullable Cursor after = null;
        List<Conversation> page;
        do {
            page = store.conversations(new ConversationQuery(userId, after, PAGE_SIZE));
            for (Conversation found : page) {
                after = found.cursor();
                if (found.kind() != ConversationKind.DIRECT) {
                    leave(found.conversationId(), userId);
                }
            }
        } while (page.size() == PAGE_SIZE);
    }

    private void leave(String conversationId, String userId) {
        locks.run(conversationId, () -> editor.removeMember(editor.require(conversationId), userId, null, this::send));
    }

    private void send(Collection<String> userIds, ChatEvent event) {
        parts.rooms().publisher().send(event, new Audience.Users(userIds));
    }

    private void eraseNow(String userId) {
        here.forget(userId);
        store.eraseUser(userId);
        parts.eraseUploads(userId);
        here.forget(userId);
        parts.rooms().others().forget(userId);
    }

    private void await(CompletableFuture<Void> idle) throws InterruptedException, ExecutionException {
        try {
            idle.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            log.warn("erasing a user although commands that began {} ago are still in progress", timeout);
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

    /** Returns whether the user is being erased, so that no command may run in the user's name. */
    public boolean isErasing(String userId) {
        return erasing.containsKey(userId);
    }

    /** Begins no further erasure. One in progress fails once the store is closed. */
    @Override
    public void close() {
        thread.shutdownNow();
        erasing.forEach((userId, outcome) -> end(userId, outcome, ChatException.of(ErrorCode.SERVER_DRAINING)));
    }
}

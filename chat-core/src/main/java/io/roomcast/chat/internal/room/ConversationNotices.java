package io.roomcast.chat.internal.room;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.cluster.ClusterEvent.ConversationNotice;
import io.roomcast.chat.internal.execution.SafeScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what other nodes changed in conversations, and passes it on in its order, on a worker: one change for all
 * users of this node. Safe for use by any thread; never blocks.
 */
final class ConversationNotices {
    /** The maximum number of changes that wait. Further ones are dropped: clients read the conversation later. */
    static final int MAX_WAITING = 10_000;

    private static final Logger log = LoggerFactory.getLogger(ConversationNotices.class);

    /** The notices of one change arrive together, each in the channel of another user. */
    private static final Duration DELAY = Duration.ofMillis(20);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** A change, and the users whose sessions receive it. */
    private record Change(ConversationNotice notice, Set<String> userIds) {
        private static Change of(ConversationNotice notice) {
            Set<String> userIds = new LinkedHashSet<>();
            userIds.add(notice.userId());
            return new Change(notice, userIds);
        }

        private boolean isSame(ConversationNotice other) {
            return new ConversationNotice(
                            notice.userId(), other.conversationId(), other.cause(), other.subjectId(), other.actorId())
                    .equals(notice);
        }
    }

    @GuardedBy("this")
    private final Deque<Change> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean busy;

    private final SafeScheduler scheduler;
    private final Executor workers;

    private volatile Cluster.@Nullable Requests handler;

    ConversationNotices(SafeScheduler scheduler, Executor workers) {
        this.scheduler = scheduler;
        this.workers = workers;
    }

    void onChange(Cluster.Requests changed) {
        handler = changed;
    }

    /** Adds a notice. */
    synchronized void add(ConversationNotice notice) {
        Change last = waiting.peekLast();
        if (last != null && last.isSame(notice)) {
            last.userIds().add(notice.userId());
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(Change.of(notice));
        } else {
            log.debug("dropped a change of {}", notice.conversationId());
        }
        schedule(DELAY);
    }

    @GuardedBy("this")
    private void schedule(Duration delay) {
        if (!busy && !waiting.isEmpty()) {
            busy = true;
            Future<?> unused = scheduler.schedule(delay, () -> workers.execute(this::passAll));
        }
    }

    private void passAll() {
        boolean succeeds = true;
        for (Change next = poll(); next != null && succeeds; next = succeeds ? poll() : null) {
            succeeds = pass(next);
        }
        end(succeeds);
    }

    private synchronized @Nullable Change poll() {
        return waiting.poll();
    }

    private boolean pass(Change change) {
        Cluster.Requests target = handler;
        try {
            if (target != null) {
                pass(change, target);
            }
            return true;
        } catch (Throwable failure) {
            log.debug(
                    "could not read the changed conversation {}",
                    change.notice().conversationId(),
                    failure);
            putBack(change);
            return false;
        }
    }

    private static void pass(Change change, Cluster.Requests target) {
        ConversationNotice notice = change.notice();
        String conversationId = notice.conversationId();
        String actorId = notice.actorId();
        String subjectId = Objects.requireNonNullElse(notice.subjectId(), "");
        switch (notice.cause()) {
            case UPDATED -> target.updated(conversationId, actorId, change.userIds());
            case MEMBER_ADDED -> target.memberAdded(conversationId, subjectId, actorId, change.userIds());
            case MEMBER_REMOVED -> target.memberRemoved(conversationId, subjectId, actorId, change.userIds());
            case DELETED -> target.conversationDeleted(conversationId, actorId, change.userIds());
            case MEMBER_UPDATED -> target.memberUpdated(conversationId, subjectId, actorId, change.userIds());
            case MENTIONS -> target.mentionsChanged(conversationId, change.userIds());
            case PREFERENCES -> change.userIds().forEach(userId -> target.preferencesChanged(userId, conversationId));
        }
    }

    private synchronized void putBack(Change change) {
        waiting.addFirst(change);
    }

    private synchronized void end(boolean succeeded) {
        busy = false;
        schedule(succeeded ? DELAY : PAUSE_AFTER_FAILURE);
    }
}

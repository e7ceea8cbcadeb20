package io.roomcast.chat.internal.join;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.ParallelRunner;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.room.RoomFeed;
import io.roomcast.chat.internal.room.RoomFeeds;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.RecentRevocations;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks sessions that are joining rooms. Safe for use by any thread.
 *
 * <p>Authorizes joins and reads missed messages outside the conversations' order, for many sessions in parallel. Only
 * then a join waits for that order, in which {@link JoinAdmission} admits it. A join whose user is removed meanwhile is
 * authorized again.
 */
public final class PendingJoins {
    private static final Logger log = LoggerFactory.getLogger(PendingJoins.class);

    /** The maximum number of worker threads that authorize joins at the same time. */
    private static final int MAX_THREADS = 6;

    /** The maximum number of sessions that wait for the host's policy at the same time. */
    private static final int MAX_POLICY_CALLS = 60;

    /** A session may have at least this many pending joins, however few rooms it may be in. */
    private static final int MIN_JOINS_PER_SESSION = 256;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Queue<List<PendingJoin>> waiting = new ArrayDeque<>();
    private final Map<String, Set<PendingJoin>> pending = new ConcurrentHashMap<>();
    private final Map<Session, Integer> countOf = new ConcurrentHashMap<>();
    private final ConversationLanes lanes;
    private final Authorizer authorizer;
    private final RecentRevocations revocations;
    private final MembershipCache memberships;
    private final ReceiptTracker receipts;
    private final RoomFeeds feeds;
    private final JoinReadBatcher reads;
    private final ParallelRunner runner;
    private final int maxPerSession;

    /** The number of sessions that wait for the host's policy. */
    @GuardedBy("waiting")
    private int policyCalls;

    PendingJoins(
            ConversationLanes lanes,
            Authorizer authorizer,
            RecentRevocations revocations,
            MembershipCache memberships,
            ReceiptTracker receipts,
            RoomFeeds feeds,
            RoomStateReader reader,
            RoomJoiner joiner,
            Limits limits) {
        this.lanes = lanes;
        this.authorizer = authorizer;
        this.revocations = revocations;
        this.memberships = memberships;
        this.receipts = receipts;
        this.feeds = feeds;
        JoinAdmission admission = new JoinAdmission(joiner, lanes, this);
        this.reads = new JoinReadBatcher(reader, lanes, admission::enqueue);
        this.maxPerSession = Math.max(MIN_JOINS_PER_SESSION, limits.roomsPerSession());
        this.runner = new ParallelRunner(MAX_THREADS, lanes, this::nextPreparation, this::refuseAll);
    }

    /**
     * Begins joins of one session; never blocks. The session's later commands in these conversations wait for the
     * joins.
     */
    public void begin(List<PendingJoin> joins) {
        List<PendingJoin> now = new ArrayList<>(joins.size());
        for (PendingJoin join : joins) {
            if (tryBegin(join)) {
                now.add(join);
            }
        }
        enqueue(now);
    }

    /** Returns false if the join was refused, or waits for an earlier join of the session in the same room. */
    private boolean tryBegin(PendingJoin join) {
        Session session = join.session();
        try {
            count(session);
            return lanes.tryBeginJoin(join.conversationId(), session, () -> enqueue(List.of(join)));
        } catch (ChatException refusal) {
            uncount(session);
            join.outcome().refused(refusal);
            return false;
        }
    }

    private void count(Session session) {
        if (countOf.merge(session, 1, Integer::sum) > maxPerSession) {
            throw ChatException.rateLimited(RETRY_AFTER);
        }
    }

    private void uncount(Session session) {
        countOf.computeIfPresent(session, (key, count) -> count == 1 ? null : count - 1);
    }

    private void enqueue(List<PendingJoin> joins) {
        if (joins.isEmpty()) {
            return;
        }
        synchronized (waiting) {
            waiting.add(joins);
        }
        runner.wake();
    }

    private @Nullable Runnable nextPreparation() {
        synchronized (waiting) {
            List<PendingJoin> joins = policyCalls < MAX_POLICY_CALLS ? waiting.poll() : null;
            return joins == null ? null : () -> prepare(joins);
        }
    }

    /** Refuses all waiting joins, as no threads are left to admit them. */
    private void refuseAll(ChatException stopped) {
        List<PendingJoin> left = new ArrayList<>();
        synchronized (waiting) {
            waiting.forEach(left::addAll);
            waiting.clear();
        }
        left.forEach(join -> refuse(join, stopped));
    }

    private void prepare(List<PendingJoin> joins) {
        joins.forEach(this::register);
        preloadMemberships(joins);
        authorize(joins, 0, new ArrayList<>(joins.size()));
    }

    /** Registers the join before it opens the feed, so that a removal from now on finds it. */
    private void register(PendingJoin join) {
        pending.compute(join.conversationId(), (id, found) -> {
            Set<PendingJoin> all = found == null ? ConcurrentHashMap.newKeySet() : found;
            all.add(join);
            return all;
        });
        join.begin(feeds.acquire(join.conversationId()));
    }

    /** Loads the memberships of several joins with few calls. Otherwise the policy would cause a call for each. */
    private void preloadMemberships(List<PendingJoin> joins) {
        if (joins.size() == 1) {
            return;
        }
        try {
            memberships.preload(joins.get(0).context().userId(), conversationIds(joins));
        } catch (ChatException unavailable) {
            log.debug("could not preload the memberships of {} conversations", joins.size(), unavailable);
        }
    }

    /** Calls the policy for one join after the other. No thread waits for a policy that takes time. */
    private void authorize(List<PendingJoin> joins, int first, List<PendingJoin> permitted) {
        for (int i = first; i < joins.size(); i++) {
            PendingJoin join = joins.get(i);
            int next = i + 1;
            CompletionStage<?> answer = authorize(join);
            if (!answer.toCompletableFuture().isDone()) {
                addPolicyCalls(1);
                answer.whenComplete((permits, refusal) -> continueLater(joins, next, () -> {
                    addPolicyCalls(-1);
                    addIfPermitted(join, refusal, permitted);
                    authorize(joins, next, permitted);
                }));
                return;
            }
            answer.whenComplete((permits, refusal) -> addIfPermitted(join, refusal, permitted));
        }
        permitted.removeAll(withoutReadSeqs(permitted));
        readOnceSubscribed(permitted);
    }

    /** Reads after this node receives the room's events of other nodes, so that none is missed. */
    private void readOnceSubscribed(List<PendingJoin> joins) {
        CompletableFuture<?>[] waits = joins.stream()
                .map(join -> join.feed().subscribed().toCompletableFuture())
                .filter(subscribed -> !subscribed.isDone())
                .toArray(CompletableFuture<?>[]::new);
        if (waits.length == 0) {
            reads.read(joins);
        } else {
            CompletableFuture<?> unused =
                    CompletableFuture.allOf(waits).whenComplete((done, failure) -> reads.read(joins));
        }
    }

    /** Does not resume a room from which the user was removed during authentication. */
    private CompletionStage<?> authorize(PendingJoin join) {
        try {
            return join.resumes() && revocations.isRemoved(join.session().principal(), join.conversationId())
                    ? CompletableFuture.failedFuture(ChatException.of(ErrorCode.FORBIDDEN))
                    : authorizer.authorize(join.context(), join.command());
        } catch (Throwable failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void addIfPermitted(PendingJoin join, @Nullable Throwable refusal, List<PendingJoin> permitted) {
        if (refusal == null) {
            permitted.add(join);
        } else {
            refuse(join, refusal);
        }
    }

    private void addPolicyCalls(int more) {
        synchronized (waiting) {
            policyCalls += more;
        }
        runner.wake();
    }

    /** Continues on a worker, as the policy answers on a thread that must not block. */
    private void continueLater(List<PendingJoin> joins, int next, Runnable rest) {
        try {
            lanes.executeForJoins(rest);
        } catch (ChatException stopped) {
            addPolicyCalls(-1);
            joins.subList(next - 1, joins.size()).forEach(join -> refuse(join, stopped));
        }
    }

    /** Reads the user's read positions. If that fails, refuses the joins and returns them. */
    private List<PendingJoin> withoutReadSeqs(List<PendingJoin> joins) {
        List<PendingJoin> requested =
                joins.stream().filter(join -> !join.resumes()).toList();
        String userId = requested.isEmpty() ? null : requested.get(0).context().userId();
        if (userId == null) {
            return List.of();
        }
        try {
            Map<String, Long> readSeqs = receipts.readSeqs(userId, conversationIds(requested));
            requested.forEach(join -> setReadSeq(join, readSeqs.get(join.conversationId()), userId));
            return List.of();
        } catch (Throwable failure) {
            requested.forEach(join -> refuse(join, failure));
            return requested;
        }
    }

    private static List<String> conversationIds(List<PendingJoin> joins) {
        return joins.stream().map(PendingJoin::conversationId).distinct().toList();
    }

    /**
     * Sets the known position. Without one, a member has read nothing, and any other user all messages so far. In an open
     * conversation that becomes the user's position. A guest of a group has none, as the receipts of guests are ignored.
     */
    private void setReadSeq(PendingJoin join, @Nullable Long known, String userId) {
        String conversationId = join.conversationId();
        if (known != null) {
            join.readSeq(known);
        } else if (memberships.isMember(conversationId, userId)) {
            join.readSeq(0);
        } else if (memberships.isOpen(conversationId)) {
            join.beginReading();
        } else {
            join.readSeq(Long.MAX_VALUE);
        }
    }

    /** Authorizes and reads again, as the join's earlier results are out of date. */
    void retry(PendingJoin join) {
        releaseFeed(join);
        enqueue(List.of(join));
    }

    private void releaseFeed(PendingJoin join) {
        RoomFeed held = join.takeFeed();
        if (held != null) {
            feeds.release(held);
        }
    }

    /** Records that the user was removed from the room, so that the user's pending joins are authorized again. */
    public void revoke(String conversationId, String userId) {
        for (PendingJoin join : pending.getOrDefault(conversationId, Set.of())) {
            if (userId.equals(join.context().userId())) {
                join.requestRestart();
            }
        }
    }

    /** Lets all pending joins of the conversation read again, because messages that they have read were deleted. */
    public void restartAll(String conversationId) {
        pending.getOrDefault(conversationId, Set.of()).forEach(PendingJoin::requestRestart);
    }

    void refuse(PendingJoin join, Throwable failure) {
        ChatException refusal = ChatException.from(failure);
        finish(join, () -> join.outcome().refused(refusal));
    }

    /** Ends the join and reports its outcome. Then the tasks that waited for the join continue. */
    void finish(PendingJoin join, Runnable outcome) {
        String conversationId = join.conversationId();
        releaseFeed(join);
        pending.computeIfPresent(conversationId, (id, all) -> all.remove(join) && all.isEmpty() ? null : all);
        uncount(join.session());
        try {
            outcome.run();
        } catch (Throwable fault) {
            log.error("the receiver of a join's outcome failed", fault);
        } finally {
            lanes.endJoin(conversationId, join.session());
        }
    }
}

package io.roomcast.chat.internal.join;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.ParallelRunner;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.room.JoinBuffer;
import io.roomcast.chat.internal.room.JoinBuffers;
import io.roomcast.chat.internal.room.MembershipCache;
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
 * Tracks sessions that are joining rooms; safe for use by any thread.
 *
 * <p>Authorises joins and reads missed messages outside the conversations' order, for many sessions at once. Only then
 * a join waits for its turn in that order, where {@link JoinAdmission} admits it. A join whose user is removed in the
 * meantime is authorised again.
 */
public final class PendingJoins {
    private static final Logger log = LoggerFactory.getLogger(PendingJoins.class);

    /** The number of worker threads that authorise joins at once. */
    private static final int THREADS = 6;

    /** The most sessions that may wait for the host's policy at once. */
    private static final int MOST_ASKING = 60;

    private static final int FEW = 256;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Queue<List<PendingJoin>> waiting = new ArrayDeque<>();
    private final Map<String, Set<PendingJoin>> pending = new ConcurrentHashMap<>();
    private final Map<Session, Integer> pendingOf = new ConcurrentHashMap<>();
    private final ConversationLanes lanes;
    private final Authorizer gate;
    private final RecentRevocations admissions;
    private final MembershipCache memberships;
    private final ReceiptTracker receipts;
    private final JoinBuffers tails;
    private final JoinReadBatcher reads;
    private final JoinAdmission turns;
    private final ParallelRunner pieces;
    private final int mostPerSession;
    private int asking;

    public PendingJoins(
            ConversationLanes lanes,
            Authorizer gate,
            RecentRevocations admissions,
            MembershipCache memberships,
            ReceiptTracker receipts,
            JoinBuffers tails,
            RoomStateReader reader,
            RoomJoiner entry,
            Limits limits) {
        this.lanes = lanes;
        this.gate = gate;
        this.admissions = admissions;
        this.memberships = memberships;
        this.receipts = receipts;
        this.tails = tails;
        this.turns = new JoinAdmission(entry, lanes, this);
        this.reads = new JoinReadBatcher(reader, lanes, turns::ready);
        this.mostPerSession = Math.max(FEW, limits.roomsPerSession());
        this.pieces = new ParallelRunner(THREADS, lanes, this::next, this::stop);
    }

    /**
     * Begins joins of one session; never blocks. The session's later commands in these conversations wait for the
     * joins.
     */
    public void begin(List<PendingJoin> joins) {
        List<PendingJoin> now = new ArrayList<>(joins.size());
        for (PendingJoin join : joins) {
            if (begins(join)) {
                now.add(join);
            }
        }
        prepareSoon(now);
    }

    private boolean begins(PendingJoin join) {
        Session session = join.session();
        try {
            countPending(session);
            return lanes.tryBeginJoin(join.conversationId(), session, () -> prepareSoon(List.of(join)));
        } catch (ChatException refusal) {
            uncountPending(session);
            join.outcome().refused(refusal);
            return false;
        }
    }

    private void countPending(Session session) {
        if (pendingOf.merge(session, 1, Integer::sum) > mostPerSession) {
            throw ChatException.rateLimited(RETRY_AFTER);
        }
    }

    private void uncountPending(Session session) {
        pendingOf.computeIfPresent(session, (key, count) -> count == 1 ? null : count - 1);
    }

    private void prepareSoon(List<PendingJoin> joins) {
        if (joins.isEmpty()) {
            return;
        }
        synchronized (waiting) {
            waiting.add(joins);
        }
        pieces.wake();
    }

    private @Nullable Runnable next() {
        synchronized (waiting) {
            List<PendingJoin> joins = asking < MOST_ASKING ? waiting.poll() : null;
            return joins == null ? null : () -> prepare(joins);
        }
    }

    /** Refuses all waiting joins, as there are no threads left to admit them. */
    private void stop(ChatException stopped) {
        List<PendingJoin> left = new ArrayList<>();
        synchronized (waiting) {
            waiting.forEach(left::addAll);
            waiting.clear();
        }
        left.forEach(join -> refuse(join, stopped));
    }

    private void prepare(List<PendingJoin> joins) {
        joins.forEach(this::hold);
        learnMemberships(joins);
        authorise(joins, 0, new ArrayList<>(joins.size()));
    }

    /** Registers the join before its tail begins, so that a removal from now on finds it. */
    private void hold(PendingJoin join) {
        pending.compute(join.conversationId(), (id, found) -> {
            Set<PendingJoin> all = found == null ? ConcurrentHashMap.newKeySet() : found;
            all.add(join);
            return all;
        });
        join.begin(tails.acquire(join.conversationId()));
    }

    /** With few calls, where the policy or what is left to read would ask for each. */
    private void learnMemberships(List<PendingJoin> joins) {
        if (joins.size() == 1) {
            return;
        }
        try {
            memberships.preload(joins.get(0).call().userId(), conversationIds(joins));
        } catch (ChatException away) {
            log.debug("the memberships of {} conversations are not known", joins.size(), away);
        }
    }

    /** Asks the policy for one after the other; where it takes time, no thread waits for it. */
    private void authorise(List<PendingJoin> joins, int first, List<PendingJoin> permitted) {
        for (int i = first; i < joins.size(); i++) {
            PendingJoin join = joins.get(i);
            int next = i + 1;
            CompletionStage<?> answer = ask(join);
            if (!answer.toCompletableFuture().isDone()) {
                countAsking(1);
                answer.whenComplete((permits, refusal) -> later(joins, next, () -> {
                    countAsking(-1);
                    note(join, refusal, permitted);
                    authorise(joins, next, permitted);
                }));
                return;
            }
            answer.whenComplete((permits, refusal) -> note(join, refusal, permitted));
        }
        permitted.removeAll(withoutReadSeqs(permitted));
        reads.read(permitted);
    }

    /** Authorises the join. Does not resume a room from which the user was removed during authentication. */
    private CompletionStage<?> ask(PendingJoin join) {
        try {
            return join.resumes() && admissions.isKicked(join.session().principal(), join.conversationId())
                    ? CompletableFuture.failedStage(ChatException.of(ErrorCode.FORBIDDEN))
                    : gate.authorise(join.call(), join.command());
        } catch (Throwable failure) {
            return CompletableFuture.failedStage(failure);
        }
    }

    private void note(PendingJoin join, @Nullable Throwable refusal, List<PendingJoin> permitted) {
        if (refusal == null) {
            permitted.add(join);
        } else {
            refuse(join, refusal);
        }
    }

    private void countAsking(int more) {
        synchronized (waiting) {
            asking += more;
        }
        pieces.wake();
    }

    /** The policy answers on a thread on which nothing may block. */
    private void later(List<PendingJoin> joins, int next, Runnable rest) {
        try {
            lanes.executeForJoins(rest);
        } catch (ChatException stopped) {
            countAsking(-1);
            joins.subList(next - 1, joins.size()).forEach(join -> refuse(join, stopped));
        }
    }

    /** Reads the user's read positions. If that fails, refuses the joins and returns them. */
    private List<PendingJoin> withoutReadSeqs(List<PendingJoin> joins) {
        List<PendingJoin> asked = joins.stream().filter(join -> !join.resumes()).toList();
        String userId = asked.isEmpty() ? null : asked.get(0).call().userId();
        if (userId == null) {
            return List.of();
        }
        try {
            Map<String, Long> readSeqs = receipts.readSeqs(userId, conversationIds(asked));
            asked.forEach(join -> join.readUpTo(readSeq(readSeqs.get(join.conversationId()), join, userId)));
            return List.of();
        } catch (Throwable failure) {
            asked.forEach(join -> refuse(join, failure));
            return asked;
        }
    }

    private static List<String> conversationIds(List<PendingJoin> joins) {
        return joins.stream().map(PendingJoin::conversationId).distinct().toList();
    }

    /**
     * Returns the known value. Otherwise returns 0 for a member, and the maximum for a guest, who has no unread count.
     */
    private long readSeq(@Nullable Long known, PendingJoin join, String userId) {
        if (known != null) {
            return known;
        }
        return memberships.isMember(join.conversationId(), userId) ? 0 : Long.MAX_VALUE;
    }

    /** Authorises and reads again, as the join's earlier results are out of date. */
    void again(PendingJoin join) {
        release(join);
        prepareSoon(List.of(join));
    }

    private void release(PendingJoin join) {
        JoinBuffer held = join.releaseTail();
        if (held != null) {
            tails.release(join.conversationId(), held);
        }
    }

    /** Notes that the user was removed from the room, so that the user's pending joins are authorised again. */
    public void revoke(String conversationId, String userId) {
        for (PendingJoin join : pending.getOrDefault(conversationId, Set.of())) {
            if (userId.equals(join.call().userId())) {
                join.revoke();
            }
        }
    }

    void refuse(PendingJoin join, Throwable failure) {
        ChatException refusal = ChatException.from(failure);
        finish(join, () -> join.outcome().refused(refusal));
    }

    /** Ends the join and reports its outcome. Then the tasks that waited for the join go on. */
    void finish(PendingJoin join, Runnable outcome) {
        String conversationId = join.conversationId();
        release(join);
        pending.computeIfPresent(conversationId, (id, all) -> all.remove(join) && all.isEmpty() ? null : all);
        uncountPending(join.session());
        try {
            outcome.run();
        } catch (Throwable fault) {
            log.error("the outcome of a join was not taken", fault);
        } finally {
            lanes.endJoin(conversationId, join.session());
        }
    }

    /** How much is kept of joins on their way. */
    int size() {
        return pending.size() + pendingOf.size() + tails.size();
    }
}

package io.roomcast.chat.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.room.OtherNodes;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Ends the sessions of users who have too many on all nodes of a cluster. Safe for use by any thread; never blocks.
 *
 * <p>A node where a session opens sends the user's sessions and asks for those of other nodes. Each of these nodes
 * receives all lists, and ends its own sessions among those with the highest ranks. The adapter limits the sessions of
 * one node.
 */
public final class SurplusSessions {
    /** How long a node waits until it receives the user's channel, and for other sessions of the user. */
    static final Duration ASK_DELAY = Duration.ofMillis(200);

    /** How long the nodes wait for the lists of others. */
    static final Duration WAIT = Duration.ofMillis(500);

    /** The maximum number of sessions in a list. A list with more has those with the highest ranks. */
    private static final int MAX_LISTED = 200;

    /** The highest first. Sessions of one rank have the same order on all nodes. */
    private static final Comparator<Map.Entry<String, Long>> BY_RANK =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    /** The sessions of one user, as the nodes have sent them. */
    private static final class Round {
        private final Map<String, Long> here = new HashMap<>();
        private final Map<String, Long> elsewhere = new HashMap<>();
    }

    @GuardedBy("this")
    private final Map<String, Round> rounds = new HashMap<>();

    /** The users about whom the other nodes will be asked. */
    @GuardedBy("this")
    private final Set<String> asking = new HashSet<>();

    private final RoomRegistry rooms;
    private final OtherNodes others;
    private final SafeScheduler scheduler;
    private final int maximum;
    private final Consumer<Session> end;

    /**
     * Creates an instance without rounds.
     *
     * @param maximum the maximum number of sessions of a user
     * @param end ends a session
     */
    SurplusSessions(
            RoomRegistry rooms, OtherNodes others, SafeScheduler scheduler, int maximum, Consumer<Session> end) {
        this.rooms = rooms;
        this.others = others;
        this.scheduler = scheduler;
        this.maximum = maximum;
        this.end = end;
    }

    /** Asks the other nodes for the sessions of a user, of whom a session opens on this node. */
    void opened(String userId) {
        if (others.mayExist() && isFirst(userId)) {
            Future<?> unused = scheduler.schedule(ASK_DELAY, () -> ask(userId));
        }
    }

    private synchronized boolean isFirst(String userId) {
        return asking.add(userId);
    }

    private void ask(String userId) {
        others.sendSessions(userId, sessionsHere(userId), true);
    }

    /** Records the sessions of a user on another node, which may ask for those on this one. */
    public void received(String userId, Map<String, Long> ranks, boolean asks) {
        if (rooms.sessionsOf(userId).isEmpty()) {
            return;
        }
        add(userId, ranks);
        if (asks) {
            others.sendSessions(userId, sessionsHere(userId), false);
        }
    }

    private synchronized void add(String userId, Map<String, Long> ranks) {
        round(userId).elsewhere.putAll(ranks);
    }

    /** Returns the sessions of this node. During a round, none changes its rank, so that all nodes find the same order. */
    private synchronized Map<String, Long> sessionsHere(String userId) {
        asking.remove(userId);
        Map<String, Long> here = round(userId).here;
        ranks(userId).forEach(here::putIfAbsent);
        return Map.copyOf(here);
    }

    @GuardedBy("this")
    private Round round(String userId) {
        return rounds.computeIfAbsent(userId, begun -> {
            Future<?> unused = scheduler.schedule(WAIT, () -> decide(begun));
            return new Round();
        });
    }

    private Map<String, Long> ranks(String userId) {
        Map<String, Long> ranks = new LinkedHashMap<>();
        rooms.sessionsOf(userId).forEach(session -> ranks.put(session.id(), session.surplusRank()));
        return ranks.size() <= MAX_LISTED ? ranks : highest(ranks, MAX_LISTED);
    }

    private static Map<String, Long> highest(Map<String, Long> ranks, int count) {
        Map<String, Long> highest = new LinkedHashMap<>();
        ranks.entrySet().stream()
                .sorted(BY_RANK)
                .limit(count)
                .forEach(entry -> highest.put(entry.getKey(), entry.getValue()));
        return highest;
    }

    private void decide(String userId) {
        Map<String, Long> surplus = takeSurplus(userId);
        List<Session> ended = new ArrayList<>(rooms.sessionsOf(userId));
        ended.removeIf(session -> !surplus.containsKey(session.id()));
        ended.forEach(end);
    }

    private synchronized Map<String, Long> takeSurplus(String userId) {
        Round round = rounds.remove(userId);
        if (round == null) {
            return Map.of();
        }
        ranks(userId).forEach(round.here::putIfAbsent);
        Map<String, Long> all = round.elsewhere;
        all.putAll(round.here);
        return all.size() <= maximum ? Map.of() : highest(all, all.size() - maximum);
    }

    /** Returns the number of users whose sessions are compared, or will be. */
    synchronized int size() {
        return rounds.size() + asking.size();
    }
}

package io.roomcast.chat.internal.host;

import io.roomcast.chat.model.FollowerState;
import io.roomcast.chat.model.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds conversations with events that no server has reported to the follower: after a crash, or because a server that
 * stored them does not run the follower. Marks them as due, so that any server handles them.
 *
 * <p>One server compares all recent activity each minute. The state for the empty conversation id stores until when, and
 * is its lease, and whether the follower is paused. If the clock was set back, the next comparison begins at the time that
 * it shows now. For one thread at a time; methods block.
 */
final class ActivityScan {
    /** The conversation id of the state for the follower as a whole. */
    static final String WHOLE = "";

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Each event is compared at least twice, in case its conversation is being handled the first time. */
    private static final Duration OVERLAP = INTERVAL;

    /** The clocks of servers may differ by this much. It is also the longest time from the creation of a message to its storage. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int BATCH = 100;
    private static final int MAX_COMPARED = 50_000;
    private static final int MAX_ATTEMPTS = 10;

    private final FollowerParts parts;
    private final Instant followedAt;
    private volatile @Nullable Instant createdAt;

    /**
     * Creates a scan that has not run.
     *
     * @param followedAt when this server began to follow; a follower that no server has created before begins here
     */
    ActivityScan(FollowerParts parts, Instant followedAt) {
        this.parts = parts;
        this.followedAt = followedAt;
    }

    /** Returns when the follower was created on any server. Creates it if it does not exist. */
    Instant createdAt() {
        Instant known = createdAt;
        return known == null ? createdAt(state()) : known;
    }

    private Instant createdAt(FollowerState state) {
        Instant created = Instant.ofEpochMilli(state.position().version());
        createdAt = created;
        return created;
    }

    /** Returns the state of the follower as a whole. Creates it if it does not exist. */
    FollowerState state() {
        Optional<FollowerState> found = find();
        if (found.isPresent()) {
            return found.get();
        }
        long now = followedAt.toEpochMilli();
        FollowerState created = FollowerState.idle(parts.name(), WHOLE, new Position(now, now));
        return parts.store().saveFollowerState(null, created) ? created : find().orElseThrow();
    }

    private Optional<FollowerState> find() {
        return parts.store().followerStates(parts.name(), List.of(WHOLE)).stream()
                .findFirst();
    }

    /** Stores whether the follower is paused on all servers. Returns the new state. */
    FollowerState savePause(boolean paused) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            FollowerState before = state();
            FollowerState after = before.paused(paused);
            if (after.equals(before) || parts.store().saveFollowerState(before, after)) {
                return after;
            }
        }
        throw new IllegalStateException("other servers change the state at the same time");
    }

    /**
     * Compares all activity since the last time, unless another server does so now.
     *
     * @param before the state of the follower as a whole
     * @param always whether to do so although the last time was less than a minute ago
     */
    void run(FollowerState before, boolean always) {
        Instant now = parts.now();
        Instant comparedUntil = Instant.ofEpochMilli(before.position().seq());
        boolean wasSetBack = comparedUntil.isAfter(now.plus(CLOCK_DIFFERENCE));
        boolean isDue = always || wasSetBack || !now.isBefore(comparedUntil.plus(INTERVAL));
        if (!isDue || isBusy(before, now)) {
            return;
        }
        Comparison comparison = new Comparison(before.leased(parts.node(), now.plus(LEASE)));
        if (parts.store().saveFollowerState(before, comparison.state)) {
            Instant since = (wasSetBack ? now : comparedUntil).minus(OVERLAP).minus(CLOCK_DIFFERENCE);
            Instant created = createdAt();
            parts.store().activeConversations(since.isBefore(created) ? created : since, comparison::add);
            comparison.finish(now);
        }
    }

    /** Returns whether another server compares now. A lease that ends too late is from before the clock was set back. */
    private static boolean isBusy(FollowerState whole, Instant now) {
        Instant dueAt = whole.dueAt();
        return dueAt != null
                && dueAt.isAfter(now)
                && !dueAt.isAfter(now.plus(LEASE).plus(CLOCK_DIFFERENCE));
    }

    /** Compares conversations in batches, and renews the lease meanwhile. */
    private final class Comparison {
        private final Set<String> compared = new HashSet<>();
        private final Set<String> batch = new HashSet<>();
        private FollowerState state;

        Comparison(FollowerState state) {
            this.state = state;
        }

        void add(String conversationId) {
            if (compared.add(conversationId)) {
                batch.add(conversationId);
            }
            if (batch.size() == BATCH) {
                compareBatch();
                renew();
            }
            if (compared.size() > MAX_COMPARED) {
                compared.clear();
            }
        }

        private void renew() {
            Instant until = parts.now().plus(LEASE);
            Instant dueAt = state.dueAt();
            if (dueAt != null && Duration.between(dueAt, until).compareTo(LEASE.dividedBy(2)) > 0) {
                save(state.leased(parts.node(), until));
            }
        }

        /** Ends with an exception if another server has taken over. */
        private void save(FollowerState next) {
            if (!parts.store().saveFollowerState(state, next)) {
                throw new IllegalStateException("another server compares the activity");
            }
            state = next;
        }

        void finish(Instant startedAt) {
            compareBatch();
            Position compareFrom =
                    new Position(startedAt.toEpochMilli(), state.position().version());
            save(state.movedTo(compareFrom).released(null));
        }

        private void compareBatch() {
            Map<String, FollowerState> states = new HashMap<>();
            parts.store()
                    .followerStates(parts.name(), batch)
                    .forEach(found -> states.put(found.conversationId(), found));
            parts.store().positions(batch).forEach((id, head) -> compare(id, head, states.get(id)));
            batch.clear();
        }

        private void compare(String conversationId, Position head, @Nullable FollowerState found) {
            FollowerState known = found == null
                    ? FollowerState.idle(parts.name(), conversationId, parts.firstPosition(conversationId))
                    : found;
            if (known.dueAt() == null && !FollowerParts.covers(known.position(), head)) {
                boolean unused = parts.store().saveFollowerState(found, known.released(parts.now()));
            }
        }
    }
}

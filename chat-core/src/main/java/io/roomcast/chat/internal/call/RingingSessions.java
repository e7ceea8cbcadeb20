package io.roomcast.chat.internal.call;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.CallStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets sessions ring that open while a call rings for their users. Looks many sessions up with one call of the store. Safe
 * for use by any thread; never blocks the caller.
 */
final class RingingSessions {
    private static final Logger log = LoggerFactory.getLogger(RingingSessions.class);
    private static final int MAX_WAITING = 10_000;
    private static final int BATCH = 200;

    private final ConcurrentLinkedQueue<Session> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final CallStore store;
    private final CallAnnouncer announcer;
    private final RoomRegistry rooms;
    private final ConversationLanes lanes;
    private final Executor workers;

    RingingSessions(
            CallStore store, CallAnnouncer announcer, RoomRegistry rooms, ConversationLanes lanes, Executor workers) {
        this.store = store;
        this.announcer = announcer;
        this.rooms = rooms;
        this.lanes = lanes;
        this.workers = workers;
    }

    /** Looks up whether a call rings for the user of a session. Skips it if very many wait. */
    void opened(Session session) {
        if (session.principal().knownUserId().isEmpty() || size.get() >= MAX_WAITING) {
            return;
        }
        waiting.add(session);
        if (size.getAndIncrement() == 0) {
            workers.execute(this::lookUp);
        }
    }

    /** Looks up those that wait, until none does. One thread does so at a time. */
    private void lookUp() {
        int left;
        do {
            Map<String, List<Session>> byUser = new HashMap<>();
            int taken = 0;
            for (Session next = waiting.poll(); next != null; next = ++taken < BATCH ? waiting.poll() : null) {
                byUser.computeIfAbsent(next.principal().knownUserId().orElseThrow(), id -> new ArrayList<>())
                        .add(next);
            }
            ring(byUser);
            left = size.addAndGet(-taken);
        } while (left > 0);
    }

    private void ring(Map<String, List<Session>> byUser) {
        try {
            store.of(byUser.keySet())
                    .forEach(call ->
                            lanes.tryExecute(CallChanges.laneOf(call.callId()), () -> ring(call.callId(), byUser)));
        } catch (ChatException unavailable) {
            log.debug("could not look up calls: {}", unavailable.code());
        }
    }

    /** Reads the call again in its order, as the users may have answered meanwhile. */
    private void ring(String callId, Map<String, List<Session>> byUser) {
        try {
            store.find(callId).ifPresent(call -> ring(call, byUser));
        } catch (ChatException unavailable) {
            log.debug("could not look up a call: {}", unavailable.code());
        }
    }

    private void ring(Call call, Map<String, List<Session>> byUser) {
        List<Session> sessions = call.ringing().stream()
                .flatMap(userId -> byUser.getOrDefault(userId, List.of()).stream())
                .filter(rooms::isOpen)
                .toList();
        announcer.ring(CallNotice.of(CallStep.unchanged(call)), sessions);
    }
}

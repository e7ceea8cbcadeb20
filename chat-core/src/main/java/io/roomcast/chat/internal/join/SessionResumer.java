package io.roomcast.chat.internal.join;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.event.SyncRequired.Reason;
import io.roomcast.chat.internal.port.FaultLog;
import io.roomcast.chat.internal.port.SafeScheduler;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.rule.CommandRules;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.RateLimitGuard;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Puts a session back into its client's rooms, and sends it the messages that it missed.
 *
 * <p>Joins each room while no message is on its way, as a {@link JoinRoom} with a position does. The session receives
 * first the pages, then the live events, without duplicates or gaps. Skips rooms that the user may not read. Each room
 * costs a permit, as a join does. Rooms with a permit are read together; the others wait. Pages beyond the first wait
 * for permits, too.
 */
public final class SessionResumer {
    private final RoomRegistry registry;
    private final PendingJoins joins;
    private final ChatStore store;
    private final Authorizer gate;
    private final RateLimitGuard rates;
    private final CommandRules validator;
    private final SafeScheduler timers;
    private final Publisher publisher;
    private final FaultLog faults = new FaultLog();

    public SessionResumer(
            RoomRegistry registry,
            PendingJoins joins,
            ChatStore store,
            Authorizer gate,
            RateLimitGuard rates,
            CommandRules validator,
            SafeScheduler timers,
            Publisher publisher) {
        this.registry = registry;
        this.joins = joins;
        this.store = store;
        this.gate = gate;
        this.rates = rates;
        this.validator = validator;
        this.timers = timers;
        this.publisher = publisher;
    }

    /** Begins to rejoin the client's rooms; never blocks. */
    public void begin(Session session, Resume known) {
        boolean isCurrent = known.epoch().equals(store.epoch());
        Queue<JoinRoom> all = known.rooms().entrySet().stream()
                .map(room -> new JoinRoom(room.getKey(), room.getValue(), null))
                .filter(this::isPossible)
                .map(join -> isCurrent ? join : new JoinRoom(join.conversationId()))
                .collect(Collectors.toCollection(ArrayDeque::new));
        next(session, all);
    }

    private boolean isPossible(JoinRoom join) {
        try {
            validator.validateFromClient(join);
            return true;
        } catch (ChatException refusal) {
            return false;
        }
    }

    private void next(Session session, Queue<JoinRoom> left) {
        if (left.isEmpty() || !registry.isOpen(session)) {
            return;
        }
        List<PendingJoin> now = new ArrayList<>(left.size());
        Duration wait = rates.waitUnasked(session, left.element());
        while (wait.isZero() && !left.isEmpty()) {
            now.add(pending(session, left.remove()));
            wait = left.isEmpty() ? wait : rates.waitUnasked(session, left.element());
        }
        joins.begin(now);
        if (!left.isEmpty()) {
            Future<?> unused = timers.schedule(wait, () -> next(session, left));
        }
    }

    private PendingJoin pending(Session session, JoinRoom join) {
        return PendingJoin.resumed(join, gate.identify(session, join), refusal -> refused(session, join, refusal));
    }

    /** Skips rooms that the user may not join, and reports any other failure. */
    private void refused(Session session, JoinRoom join, ChatException refusal) {
        faults.log(join, refusal);
        if (refusal.code() != ErrorCode.FORBIDDEN && refusal.code() != ErrorCode.INVALID_PAYLOAD) {
            publisher.send(
                    new SyncRequired(join.conversationId(), Reason.GAP), new Audience.Sessions(List.of(session)));
        }
    }
}

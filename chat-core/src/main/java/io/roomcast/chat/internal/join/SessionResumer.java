package io.roomcast.chat.internal.join;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.port.FaultLog;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.RateLimitGuard;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Returns a session to the rooms that its client was in, and sends it the messages that it missed.
 *
 * <p>Joins each room while no message is on its way to the store, as a {@link JoinRoom} with a position does. The session
 * receives first the pages, then the live events, without duplicates or gaps. Skips rooms that the user may not join.
 * Each room costs a permit, as a join does. Rooms with a permit are read together; the others wait. Pages after the
 * first one wait for permits, too.
 */
public final class SessionResumer {
    private static final Logger log = LoggerFactory.getLogger(SessionResumer.class);

    private final RoomRegistry rooms;
    private final PendingJoins joins;
    private final ChatStore store;
    private final Authorizer authorizer;
    private final RateLimitGuard rates;
    private final SafeScheduler scheduler;
    private final Publisher publisher;
    private final FaultLog faults = new FaultLog();

    SessionResumer(
            RoomRegistry rooms,
            PendingJoins joins,
            ChatStore store,
            Authorizer authorizer,
            RateLimitGuard rates,
            SafeScheduler scheduler,
            Publisher publisher) {
        this.rooms = rooms;
        this.joins = joins;
        this.store = store;
        this.authorizer = authorizer;
        this.rates = rates;
        this.scheduler = scheduler;
        this.publisher = publisher;
    }

    /**
     * Begins to join the client's rooms; never blocks.
     *
     * @param epoch the store's epoch that the client knows; the positions are ignored if the store has another one
     * @param known the client's rooms with its positions there
     */
    public void resume(Session session, String epoch, List<JoinRoom> known) {
        log.debug("resuming {} rooms of session {}", known.size(), session.id());
        Queue<JoinRoom> waiting = new ArrayDeque<>(known.size());
        boolean isCurrent = epoch.equals(store.epoch());
        known.forEach(join -> waiting.add(isCurrent ? join : JoinRoom.of(join.conversationId())));
        joinNext(session, waiting);
    }

    private void joinNext(Session session, Queue<JoinRoom> waiting) {
        if (waiting.isEmpty() || !rooms.isOpen(session)) {
            return;
        }
        List<PendingJoin> permitted = new ArrayList<>(waiting.size());
        Duration wait = rates.tryAcquireUnasked(session, waiting.element());
        while (wait.isZero() && !waiting.isEmpty()) {
            permitted.add(pending(session, waiting.remove()));
            wait = waiting.isEmpty() ? wait : rates.tryAcquireUnasked(session, waiting.element());
        }
        joins.begin(permitted);
        if (!waiting.isEmpty()) {
            Future<?> unused = scheduler.schedule(wait, () -> joinNext(session, waiting));
        }
    }

    private PendingJoin pending(Session session, JoinRoom join) {
        return PendingJoin.resumed(join, authorizer.identify(session, join), refusal -> refuse(session, join, refusal));
    }

    /** Skips a room that the user may not join. Notifies the client of any other room that it is not returned to. */
    public void refuse(Session session, JoinRoom join, ChatException refusal) {
        faults.log(join, refusal);
        if (refusal.code() != ErrorCode.FORBIDDEN) {
            publisher.send(
                    SyncRequired.refused(join.conversationId(), refusal), new Audience.Sessions(List.of(session)));
        }
    }
}

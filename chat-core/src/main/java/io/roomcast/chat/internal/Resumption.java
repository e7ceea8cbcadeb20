package io.roomcast.chat.internal;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.event.SyncRequired.Reason;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts a session back into the rooms that its client was in, one after the other, and tells it what it missed.
 *
 * <p>Each room is joined between two messages, as by a {@link JoinRoom} with a position: first the pages, then what is
 * live, with nothing twice and nothing left out. A room that the user may not read is passed over. Each costs a permit, as
 * a join does: where there is none the next room waits, and so does the client for pages beyond the first.
 */
final class Resumption {
    static final int MOST_PAGES = 5;

    private final RoomRegistry registry;
    private final RoomHandler rooms;
    private final CatchUpPages pages;
    private final ReceiptTracker receipts;
    private final ChatStore store;
    private final AccessGate gate;
    private final Admissions admissions;
    private final RateGate rates;
    private final CommandValidator validator;
    private final ConversationLanes lanes;
    private final Timers timers;
    private final Publisher publisher;
    private final FaultLog faults = new FaultLog();

    Resumption(
            RoomRegistry registry,
            RoomHandler rooms,
            CatchUpPages pages,
            ReceiptTracker receipts,
            ChatStore store,
            AccessGate gate,
            Admissions admissions,
            RateGate rates,
            CommandValidator validator,
            ConversationLanes lanes,
            Timers timers,
            Publisher publisher) {
        this.registry = registry;
        this.rooms = rooms;
        this.pages = pages;
        this.receipts = receipts;
        this.store = store;
        this.gate = gate;
        this.admissions = admissions;
        this.rates = rates;
        this.validator = validator;
        this.lanes = lanes;
        this.timers = timers;
        this.publisher = publisher;
    }

    /** Begins; never blocks. One room at a time, so that a client with many rooms does not crowd out the others. */
    void begin(Session session, Resume known) {
        next(session, known.epoch(), joins(known));
    }

    private static Queue<JoinRoom> joins(Resume known) {
        return known.rooms().entrySet().stream()
                .map(room -> new JoinRoom(room.getKey(), room.getValue(), null))
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    private void next(Session session, String epoch, Queue<JoinRoom> left) {
        JoinRoom join = left.peek();
        if (join == null || !registry.isOpen(session)) {
            return;
        }
        Duration wait = wait(session, join);
        if (wait.isZero()) {
            left.remove();
            begin(session, epoch, join, () -> next(session, epoch, left));
        } else {
            Future<?> unused = timers.after(wait, () -> next(session, epoch, left));
        }
    }

    /** A limiter that fails holds nobody out of a room. */
    private Duration wait(Session session, JoinRoom join) {
        try {
            return rates.wait(session, join);
        } catch (ChatException failed) {
            return Duration.ZERO;
        }
    }

    private void begin(Session session, String epoch, JoinRoom join, Runnable afterwards) {
        try {
            validator.validate(join);
            Call call = gate.identify(session, join);
            lanes.inOrder(
                    join.conversationId(),
                    new LaneTask(LaneTask.EVERYBODY, false, () -> authorise(join, call), refusal -> {
                        resume(epoch, join, call, refusal);
                        afterwards.run();
                        return AccessGate.PERMITTED;
                    }));
        } catch (ChatException refusal) {
            requireSync(session, join.conversationId(), refusal);
            afterwards.run();
        }
    }

    /** Who was put out of a room while being authenticated does not come back to it by that. */
    private CompletionStage<?> authorise(JoinRoom join, Call call) {
        return admissions.isKicked(call.session().principal(), join.conversationId())
                ? CompletableFuture.failedStage(ChatException.of(ErrorCode.FORBIDDEN))
                : gate.authorise(call, join);
    }

    private void resume(String epoch, JoinRoom join, Call call, @Nullable Throwable refused) {
        try {
            if (refused != null) {
                throw ChatException.from(refused);
            }
            enter(epoch, join, call);
        } catch (Throwable failure) {
            ChatException refusal = ChatException.from(failure);
            faults.note(join, refusal);
            requireSync(call.session(), join.conversationId(), refusal);
        }
    }

    /** Whatever the store cannot tell now, the session is in the room, and the others hear of it. */
    private void enter(String epoch, JoinRoom join, Call call) {
        try {
            if (epoch.equals(store.epoch())) {
                resume(join, call);
            } else {
                joinAfresh(join.conversationId(), call, Reason.EPOCH_CHANGED);
            }
        } catch (Throwable failure) {
            rooms.enter(join.conversationId(), call);
            throw failure;
        } finally {
            call.publications().forEach(publisher::publish);
        }
    }

    /** What is not a room for this user is passed over; what failed otherwise must not go unnoticed. */
    private void requireSync(Session session, String conversationId, ChatException refusal) {
        boolean isNoRoom = refusal.code() == ErrorCode.FORBIDDEN
                || refusal.code() == ErrorCode.INVALID_PAYLOAD
                || refusal.code() == ErrorCode.MISSING_FIELDS;
        if (!isNoRoom) {
            tell(session, new SyncRequired(conversationId, Reason.GAP));
        }
    }

    private void resume(JoinRoom join, Call call) {
        try {
            JoinRoom.Joined joined = rooms.join(join, call);
            if (joined.missed() != null) {
                tellPages(joined, joined.missed(), join, call.session());
            }
        } catch (ChatException refusal) {
            if (refusal.code() != ErrorCode.POSITION_LOST) {
                throw refusal;
            }
            joinAfresh(join.conversationId(), call, Reason.POSITION_LOST);
        }
    }

    private void tellPages(JoinRoom.Joined joined, CatchUp first, JoinRoom join, Session session) {
        CatchUp page = first;
        tellPage(page, joined.epoch(), session);
        for (int told = 1; page.hasMore() && told < MOST_PAGES && may(join, session); told++) {
            page = pages.between(joined.conversationId(), page.covered(), joined.position(), null);
            tellPage(page, joined.epoch(), session);
        }
        if (page.hasMore()) {
            tell(session, new SyncRequired(joined.conversationId(), Reason.GAP));
        }
    }

    private boolean may(JoinRoom join, Session session) {
        return wait(session, join).isZero();
    }

    private void tellPage(CatchUp page, String epoch, Session session) {
        List<Receipt> all = page.hasMore() ? List.of() : receipts.receipts(page.conversationId());
        tell(session, new RoomSynced(page, all, epoch));
    }

    private void joinAfresh(String conversationId, Call call, Reason reason) {
        rooms.join(new JoinRoom(conversationId), call);
        tell(call.session(), new SyncRequired(conversationId, reason));
    }

    private void tell(Session session, ChatEvent event) {
        publisher.tell(event, new Audience.Sessions(List.of(session)));
    }
}

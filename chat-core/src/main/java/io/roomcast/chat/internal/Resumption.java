package io.roomcast.chat.internal;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.event.SyncRequired.Reason;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Resume;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Puts a session back into the rooms that its client was in, one after the other, and tells it what it missed.
 *
 * <p>Each room is joined between two messages, as by a {@link JoinRoom} with a position: first the pages, then what is
 * live, with nothing twice and nothing left out. A room that the user may not read is passed over.
 */
final class Resumption {
    static final int MOST_PAGES = 5;

    private final RoomRegistry registry;
    private final RoomHandler rooms;
    private final CatchUpPages pages;
    private final ReceiptTracker receipts;
    private final ChatStore store;
    private final AccessGate gate;
    private final CommandValidator validator;
    private final ConversationLanes lanes;
    private final Publisher publisher;
    private final FaultLog faults = new FaultLog();

    Resumption(
            RoomRegistry registry,
            RoomHandler rooms,
            CatchUpPages pages,
            ReceiptTracker receipts,
            ChatStore store,
            AccessGate gate,
            CommandValidator validator,
            ConversationLanes lanes,
            Publisher publisher) {
        this.registry = registry;
        this.rooms = rooms;
        this.pages = pages;
        this.receipts = receipts;
        this.store = store;
        this.gate = gate;
        this.validator = validator;
        this.lanes = lanes;
        this.publisher = publisher;
    }

    /** Begins; never blocks. One room at a time, so that a client with many rooms does not crowd out the others. */
    void begin(Session session, Resume known) {
        next(session, known.epoch(), known.rooms().entrySet().iterator());
    }

    private void next(Session session, String epoch, Iterator<Map.Entry<String, Position>> left) {
        boolean begun = false;
        while (!begun && left.hasNext() && registry.isOpen(session)) {
            Map.Entry<String, Position> room = left.next();
            begun = begin(session, room.getKey(), () -> {
                resume(session, epoch, new JoinRoom(room.getKey(), room.getValue(), null));
                next(session, epoch, left);
            });
        }
    }

    /** Whether the work has begun, or will. */
    private boolean begin(Session session, String conversationId, Runnable work) {
        try {
            validator.conversationId(conversationId);
            lanes.inOrder(conversationId, new LaneTask(LaneTask.EVERYBODY, false, () -> {
                work.run();
                return CompletableFuture.completedStage(null);
            }));
            return true;
        } catch (ChatException refusal) {
            requireSync(session, conversationId, refusal);
            return false;
        }
    }

    private void resume(Session session, String epoch, JoinRoom join) {
        try {
            Call call = gate.identify(session, join);
            gate.authorise(call, join);
            if (epoch.equals(store.epoch())) {
                resume(join, call);
            } else {
                joinAfresh(join.conversationId(), call, Reason.EPOCH_CHANGED);
                publish(call);
            }
        } catch (Throwable failure) {
            ChatException refusal = ChatException.from(failure);
            faults.note(join, refusal);
            requireSync(session, join.conversationId(), refusal);
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

    /** Where a later page cannot be read, the session is in the room nevertheless, and the others hear of it. */
    private void resume(JoinRoom join, Call call) {
        try {
            JoinRoom.Joined joined = rooms.join(join, call);
            if (joined.missed() != null) {
                tellPages(joined, joined.missed(), call.session());
            }
        } catch (ChatException refusal) {
            if (refusal.code() != ErrorCode.POSITION_LOST) {
                throw refusal;
            }
            joinAfresh(join.conversationId(), call, Reason.POSITION_LOST);
        } finally {
            publish(call);
        }
    }

    private void tellPages(JoinRoom.Joined joined, CatchUp first, Session session) {
        CatchUp page = first;
        tellPage(page, joined.epoch(), session);
        for (int told = 1; page.hasMore() && told < MOST_PAGES; told++) {
            page = pages.between(joined.conversationId(), page.covered(), joined.position(), null);
            tellPage(page, joined.epoch(), session);
        }
        if (page.hasMore()) {
            tell(session, new SyncRequired(joined.conversationId(), Reason.GAP));
        }
    }

    private void tellPage(CatchUp page, String epoch, Session session) {
        List<Receipt> all = page.hasMore() ? List.of() : receipts.receipts(page.conversationId());
        tell(session, new RoomSynced(page, all, epoch));
    }

    private void joinAfresh(String conversationId, Call call, Reason reason) {
        rooms.join(new JoinRoom(conversationId), call);
        tell(call.session(), new SyncRequired(conversationId, reason));
    }

    private void publish(Call call) {
        call.publications().forEach(publisher::publish);
    }

    private void tell(Session session, ChatEvent event) {
        publisher.tell(event, new Audience.Sessions(List.of(session)));
    }
}

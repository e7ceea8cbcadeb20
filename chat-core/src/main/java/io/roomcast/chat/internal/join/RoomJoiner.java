package io.roomcast.chat.internal.join;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.event.SyncRequired.Reason;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.JoinBuffer.Rest;
import io.roomcast.chat.internal.room.JoinLeaveNotifier;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Adds sessions to a room and sends them the messages that they missed; called in the conversation's order. */
public final class RoomJoiner {
    private final RoomRegistry rooms;
    private final JoinLeaveNotifier attendance;
    private final ChatStore store;
    private final Publisher publisher;
    private final Consumer<String> beforeNews;

    /**
     * Creates an instance that has admitted no session.
     *
     * @param beforeNews called with the id of a room before it receives messages that another server stored
     */
    public RoomJoiner(
            RoomRegistry rooms,
            JoinLeaveNotifier attendance,
            ChatStore store,
            Publisher publisher,
            Consumer<String> beforeNews) {
        this.rooms = rooms;
        this.attendance = attendance;
        this.store = store;
        this.publisher = publisher;
        this.beforeNews = beforeNews;
    }

    /**
     * A session that is in the room.
     *
     * @param joined the answer to the join, or null if the session resumes
     */
    record Admitted(PendingJoin join, JoinRoom.@Nullable Joined joined) {}

    Turn begin() {
        return new Turn();
    }

    /** Answers the join, or notifies the others of a session that resumes. */
    void announce(Admitted admitted) {
        PendingJoin join = admitted.join();
        if (admitted.joined() != null) {
            join.outcome().joined(admitted.joined());
        } else {
            join.call().publications().forEach(publisher::publish);
        }
    }

    /** The sessions that enter one room together. Not safe for use by several threads. */
    final class Turn {
        private final List<Admitted> admitted = new ArrayList<>();
        private final IdentityHashMap<CatchUp, List<PendingJoin>> pages = new IdentityHashMap<>();
        private final IdentityHashMap<CatchUp, Map<Position, CatchUp>> extended = new IdentityHashMap<>();
        private final Map<Reason, List<Session>> required = new EnumMap<>(Reason.class);

        List<Admitted> admitted() {
            return admitted;
        }

        /** Returns whether the join's page and the tail lead to the room's head without a gap. */
        boolean knowsTheWay(PendingJoin join) {
            PendingJoin.RoomRead read = join.read();
            return read == null
                    || join.page() == null
                    || join.tail().after(read.head()).isPresent();
        }

        /** Puts the session into the room. */
        void admit(PendingJoin join) {
            ChatException failure = join.failure();
            if (failure != null && !join.resumes()) {
                throw failure;
            }
            PendingJoin.RoomRead read = join.read();
            if (read == null) {
                enter(join);
                require(join, Reason.GAP);
                admitted.add(new Admitted(join, null));
            } else if (join.page() == null) {
                enterAfresh(join, read.head());
            } else {
                enterBetweenMessages(join, read.head(), join.page());
            }
        }

        /** Adds the session before it reads the head, so that the session receives all later events too. */
        private void enterAfresh(PendingJoin join, Position read) {
            enter(join);
            Position head = join.tail().newest(read);
            rooms.initializePosition(join.conversationId(), head);
            if (join.resumes()) {
                require(join, join.failure() == null ? Reason.EPOCH_CHANGED : Reason.POSITION_LOST);
            }
            admit(join, head, null);
        }

        private void enterBetweenMessages(PendingJoin join, Position read, CatchUp page) {
            Optional<Rest> rest = join.tail().after(read);
            Position head = rest.map(Rest::head).orElseGet(() -> join.tail().newest(read));
            CatchUp missed = rest.map(more -> extend(page, more)).orElseGet(() -> cutShort(page));
            if (rooms.isBehind(join.conversationId(), head)) {
                beforeNews.accept(join.conversationId());
            }
            publisher.catchUp(join.conversationId(), head, missed.messages());
            enter(join);
            rooms.initializePosition(join.conversationId(), head);
            if (join.resumes()) {
                pages.computeIfAbsent(missed, one -> new ArrayList<>()).add(join);
            }
            admit(join, head, missed);
        }

        private void enter(PendingJoin join) {
            String conversationId = join.conversationId();
            CommandContext call = join.call();
            if (rooms.join(conversationId, call.session())) {
                attendance
                        .joinEvent(conversationId, call.session())
                        .ifPresent(event -> call.tellOthers(conversationId, event));
            }
        }

        private void admit(PendingJoin join, Position head, @Nullable CatchUp missed) {
            String conversationId = join.conversationId();
            JoinRoom.Joined joined = join.resumes()
                    ? null
                    : new JoinRoom.Joined(
                            conversationId,
                            store.epoch(),
                            head,
                            Math.min(join.readSeq(), head.seq()),
                            rooms.online(conversationId),
                            missed);
            admitted.add(new Admitted(join, joined));
        }

        private void require(PendingJoin join, Reason reason) {
            required.computeIfAbsent(reason, one -> new ArrayList<>()).add(join.session());
        }

        /** Returns the page extended by the room's later events. Joins with the same page share the result. */
        private CatchUp extend(CatchUp page, Rest rest) {
            return page.hasMore() || rest.head().equals(page.covered())
                    ? page
                    : extended.computeIfAbsent(page, one -> new HashMap<>())
                            .computeIfAbsent(rest.head(), head -> joined(page, rest));
        }

        private static CatchUp joined(CatchUp page, Rest rest) {
            Map<Long, Message> messages = new TreeMap<>();
            page.messages().forEach(message -> messages.put(message.seq(), message));
            rest.messages().forEach(message -> messages.put(message.seq(), message));
            return new CatchUp(page.conversationId(), List.copyOf(messages.values()), rest.head(), false, false);
        }

        private static CatchUp cutShort(CatchUp page) {
            return new CatchUp(page.conversationId(), page.messages(), page.covered(), true, false);
        }

        /** Sends resumed sessions the messages that they missed. Sessions with the same page share one event. */
        void tellMissed() {
            pages.forEach(this::tell);
            required.forEach((reason, sessions) ->
                    publisher.send(new SyncRequired(conversationId(), reason), new Audience.Sessions(sessions)));
        }

        private void tell(CatchUp page, List<PendingJoin> joins) {
            List<Receipt> receipts = page.hasMore()
                    ? List.of()
                    : requireNonNull(joins.get(0).read()).receipts();
            publisher.send(
                    new RoomSynced(page, receipts, store.epoch()),
                    new Audience.Sessions(
                            joins.stream().map(PendingJoin::session).toList()));
            if (page.hasMore()) {
                joins.forEach(join -> require(join, Reason.GAP));
            }
        }

        private String conversationId() {
            return admitted.get(0).join().conversationId();
        }
    }
}

package io.roomcast.chat.internal.join;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.event.SyncRequired.Reason;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.JoinLeaveNotifier;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomFeed;
import io.roomcast.chat.internal.room.RoomFeed.Rest;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.RoomGuard;
import io.roomcast.chat.model.CallSummary;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.ReceiptPage;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Adds sessions to a room and sends them the messages that they missed. Called in the conversation's order. */
final class RoomJoiner {
    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    private final RoomRegistry rooms;
    private final JoinLeaveNotifier notifier;
    private final ChatStore store;
    private final Publisher publisher;
    private final RoomGuard guard;
    private final ReceiptTracker receipts;
    private final RoomCalls calls;
    private final Clock clock;

    /**
     * Creates an instance that has admitted no session.
     *
     * @param guard checks a room before it receives messages that another server stored
     */
    RoomJoiner(
            RoomRegistry rooms,
            JoinLeaveNotifier notifier,
            ChatStore store,
            Publisher publisher,
            RoomGuard guard,
            ReceiptTracker receipts,
            RoomCalls calls,
            Clock clock) {
        this.rooms = rooms;
        this.notifier = notifier;
        this.store = store;
        this.publisher = publisher;
        this.guard = guard;
        this.receipts = receipts;
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * A join whose session is in the room.
     *
     * @param joined the reply to the join, or null if the session resumes
     */
    record Admitted(PendingJoin join, JoinRoom.@Nullable Joined joined) {}

    Batch begin() {
        return new Batch();
    }

    /**
     * Has the room receive what it lacks up to the positions that the joins have read. Otherwise their sessions would
     * receive those events twice.
     */
    CompletionStage<?> bringUp(List<PendingJoin> joins) {
        List<PendingJoin> ahead = joins.stream().filter(RoomJoiner::isBehind).toList();
        if (ahead.isEmpty()) {
            return DONE;
        }
        RoomFeed feed = ahead.get(0).feed();
        guard.startCheck(feed.conversationId());
        return feed.reach(newest(ahead));
    }

    private static Position newest(List<PendingJoin> joins) {
        return joins.stream()
                .map(join -> requireNonNull(join.read()).head())
                .reduce(
                        Position.START,
                        (one, other) -> new Position(
                                Math.max(one.seq(), other.seq()), Math.max(one.version(), other.version())));
    }

    /** Returns whether the room lacks events that the join's page has. */
    static boolean isBehind(PendingJoin join) {
        PendingJoin.RoomRead read = join.read();
        return read != null && join.page() != null && join.feed().isBehind(read.head());
    }

    /** Reports the outcome of the join, or notifies the others of a session that resumes. */
    void announce(Admitted admitted) {
        PendingJoin join = admitted.join();
        if (admitted.joined() != null) {
            join.outcome().joined(admitted.joined());
        } else {
            join.context().events().forEach(publisher::publish);
        }
    }

    /** Admits sessions to one room together. Not safe for use by several threads. */
    final class Batch {
        private final List<Admitted> admitted = new ArrayList<>();
        private final IdentityHashMap<CatchUp, List<PendingJoin>> joinsOf = new IdentityHashMap<>(4);
        private final IdentityHashMap<CatchUp, Map<Position, CatchUp>> extended = new IdentityHashMap<>(4);
        private final Map<Reason, List<Session>> required = new EnumMap<>(Reason.class);

        List<Admitted> admitted() {
            return admitted;
        }

        /** Returns whether the join's page and the events since then reach the room's position without a gap. */
        boolean reachesHead(PendingJoin join) {
            PendingJoin.RoomRead read = join.read();
            return read == null
                    || join.page() == null
                    || join.feed().after(read.head()).isPresent();
        }

        /** Adds the session to the room. */
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
                enterWithoutPage(join, read.head());
            } else {
                enterWithPage(join, read.head(), join.page());
            }
        }

        /** Adds the session first and takes the head then, so that the session receives all later events. */
        private void enterWithoutPage(PendingJoin join, Position read) {
            enter(join);
            RoomFeed feed = join.feed();
            Position head = feed.newest(read);
            feed.initialize(head);
            feed.noteHead(head);
            if (join.resumes()) {
                require(join, join.failure() == null ? Reason.EPOCH_CHANGED : Reason.POSITION_LOST);
            }
            admit(join, head, null);
        }

        private void enterWithPage(PendingJoin join, Position read, CatchUp page) {
            RoomFeed feed = join.feed();
            Optional<Rest> rest = feed.after(read);
            Position head = rest.map(Rest::head).orElseGet(() -> feed.newest(read));
            CatchUp missed = rest.map(more -> extend(page, more)).orElseGet(() -> withMore(page));
            enter(join);
            feed.initialize(head);
            if (join.resumes()) {
                joinsOf.computeIfAbsent(missed, one -> new ArrayList<>()).add(join);
            }
            admit(join, head, missed);
        }

        private void enter(PendingJoin join) {
            String conversationId = join.conversationId();
            CommandContext context = join.context();
            if (rooms.join(conversationId, context.session())) {
                notifier.joinEvent(conversationId, context.session())
                        .ifPresent(event -> context.sendToOthers(conversationId, event));
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
                            readSeq(join, head),
                            join.unreadFrom(),
                            notifier.online(conversationId),
                            rooms.isLarge(conversationId),
                            missed,
                            calls.current().apply(conversationId, callOf(join)));
            admitted.add(new Admitted(join, joined));
        }

        private @Nullable CallSummary callOf(PendingJoin join) {
            return join.read() == null ? null : join.read().call();
        }

        /** Returns the user's read position. A user's first join of an open conversation sets it to the newest message. */
        private long readSeq(PendingJoin join, Position head) {
            String userId = join.context().userId();
            long known = join.isFirst() && userId != null && rooms.isIn(join.conversationId(), join.session())
                    ? receipts.recordFirstJoin(
                            Receipt.joined(join.conversationId(), userId, head.seq(), clock.instant()))
                    : join.readSeq();
            return Math.min(known, head.seq());
        }

        private void require(PendingJoin join, Reason reason) {
            required.computeIfAbsent(reason, one -> new ArrayList<>()).add(join.session());
        }

        /** Returns the page with the events that followed it added. Joins with the same page share the result. */
        private CatchUp extend(CatchUp page, Rest rest) {
            return page.hasMore() || rest.head().equals(page.covered())
                    ? page
                    : extended.computeIfAbsent(page, one -> new HashMap<>())
                            .computeIfAbsent(rest.head(), head -> merged(page, rest));
        }

        private static CatchUp merged(CatchUp page, Rest rest) {
            Map<Long, Message> messages = new TreeMap<>();
            page.messages().forEach(message -> messages.put(message.seq(), message));
            rest.messages().forEach(message -> messages.put(message.seq(), message));
            return new CatchUp(page.conversationId(), List.copyOf(messages.values()), rest.head(), false, false);
        }

        /** Returns the page marked as not the last one. */
        private static CatchUp withMore(CatchUp page) {
            return new CatchUp(page.conversationId(), page.messages(), page.covered(), true, false);
        }

        /** Sends resumed sessions the messages that they missed. Sessions with the same page share one event. */
        void sendMissed() {
            joinsOf.forEach(this::send);
            required.forEach((reason, sessions) ->
                    publisher.send(new SyncRequired(conversationId(), reason), new Audience.Sessions(sessions)));
        }

        private void send(CatchUp page, List<PendingJoin> joins) {
            ReceiptPage receipts = page.hasMore()
                    ? ReceiptPage.EMPTY
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

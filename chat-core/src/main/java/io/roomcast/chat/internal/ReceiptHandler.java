package io.roomcast.chat.internal;

import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkDelivered.Item;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.MessagesDelivered;
import io.roomcast.chat.event.MessagesRead;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.spi.MessageStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** How far everybody has come, and who is told of it. */
final class ReceiptHandler {
    private final Readership readership;
    private final Memberships memberships;
    private final ReceiptTracker receipts;
    private final Rosters rosters;
    private final RoomRegistry rooms;
    private final AccessGate gate;
    private final MessageStore store;
    private final Clock clock;
    private final Pacer<MarkKey, Receipt> pacer;

    ReceiptHandler(Readership readership, RoomRegistry rooms, AccessGate gate, MessageStore store, Clock clock) {
        this.readership = readership;
        this.memberships = readership.memberships();
        this.receipts = readership.receipts();
        this.rosters = readership.rosters();
        this.pacer = readership.news();
        this.rooms = rooms;
        this.gate = gate;
        this.store = store;
        this.clock = clock;
    }

    GetReceipts.Receipts list(GetReceipts command, Call call) {
        return new GetReceipts.Receipts(receipts.receipts(command.conversationId()));
    }

    MarkRead.Read read(MarkRead command, Call call) {
        String conversationId = command.conversationId();
        MarkKey key = new MarkKey(Kind.READ, conversationId, call.user());
        long before = Math.max(0, receipts.seq(key));
        long latest = latest(conversationId, command.upToSeq());
        long now = mark(key, before, Math.min(command.upToSeq(), latest), call);
        long unread = Math.max(0, latest - now);
        if (now > before) {
            call.afterwards(() -> readership.unread().read(key, now, latest));
        }
        return new MarkRead.Read(now, unread);
    }

    /** Refuses the whole command if one of its conversations is forbidden, before any receipt is stored. */
    CompletionStage<?> authorise(MarkDelivered command, Call call) {
        List<String> conversationIds =
                command.items().stream().map(Item::conversationId).toList();
        memberships.learn(call.user(), conversationIds.stream().distinct().toList());
        return gate.authorise(call, Action.MARK, conversationIds);
    }

    MarkDelivered.Delivered delivered(MarkDelivered command, Call call) {
        String userId = call.user();
        learnAll(command, userId);
        Set<String> unheard = unheard(command, userId);
        Map<String, Position> heads = unheard.isEmpty() ? Map.of() : store.positions(unheard);
        return new MarkDelivered.Delivered(command.items().stream()
                .map(item -> delivered(item, heads, call))
                .toList());
    }

    /** The conversations of which only the store knows whether they have come as far as is claimed. */
    private Set<String> unheard(MarkDelivered command, String userId) {
        return command.items().stream()
                .filter(item -> item.upToSeq() > before(item, userId))
                .filter(item -> item.upToSeq() > rooms.heard(item.conversationId()))
                .map(Item::conversationId)
                .collect(Collectors.toSet());
    }

    private long before(Item item, String userId) {
        return Math.max(0, receipts.seq(new MarkKey(Kind.DELIVERED, item.conversationId(), userId)));
    }

    private void learnAll(MarkDelivered command, String userId) {
        List<String> unknown = command.items().stream()
                .map(Item::conversationId)
                .distinct()
                .filter(id -> !receipts.knows(new MarkKey(Kind.DELIVERED, id, userId)))
                .toList();
        if (!unknown.isEmpty()) {
            receipts.learn(userId, unknown);
        }
    }

    private Item delivered(Item item, Map<String, Position> heads, Call call) {
        String conversationId = item.conversationId();
        MarkKey key = new MarkKey(Kind.DELIVERED, conversationId, call.user());
        Position head = heads.get(conversationId);
        long latest = head == null ? item.upToSeq() : head.seq();
        return new Item(conversationId, mark(key, before(item, key.userId()), Math.min(item.upToSeq(), latest), call));
    }

    /** How far the user has come then; a stranger to the members comes nowhere. */
    private long mark(MarkKey key, long before, long wanted, Call call) {
        if (wanted <= before || !rosters.counts(key.conversationId(), key.userId())) {
            return before;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        note(new Receipt(key.kind(), key.conversationId(), key.userId(), wanted, now), call);
        return wanted;
    }

    private void note(Receipt receipt, Call call) {
        receipts.raise(receipt);
        if (pacer.passes(MarkKey.of(receipt), receipt)) {
            call.afterwards(() -> readership.tell(receipt));
        }
    }

    /** The newest message; the store is asked only about what is beyond all that the room has heard of. */
    private long latest(String conversationId, long upToSeq) {
        long heard = rooms.heard(conversationId);
        return heard != Room.UNKNOWN && heard >= upToSeq
                ? heard
                : store.position(conversationId).seq();
    }

    static ChatEvent event(Receipt receipt) {
        return receipt.kind() == Kind.READ ? new MessagesRead(receipt) : new MessagesDelivered(receipt);
    }
}

package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkDelivered.Item;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.internal.execution.ConflatingThrottle;
import io.roomcast.chat.internal.receipt.ReceiptKey;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.receipt.Receipts;
import io.roomcast.chat.internal.room.MemberCache;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.room.Room;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.CommandContext;
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
public final class ReceiptHandler {
    private final Receipts readership;
    private final MembershipCache memberships;
    private final ReceiptTracker receipts;
    private final MemberCache rosters;
    private final RoomRegistry rooms;
    private final Authorizer gate;
    private final MessageStore store;
    private final Clock clock;
    private final ConflatingThrottle<ReceiptKey, Receipt> pacer;

    public ReceiptHandler(Receipts readership, RoomRegistry rooms, Authorizer gate, MessageStore store, Clock clock) {
        this.readership = readership;
        this.memberships = readership.membershipCache();
        this.receipts = readership.tracker();
        this.rosters = readership.memberCache();
        this.pacer = readership.throttle();
        this.rooms = rooms;
        this.gate = gate;
        this.store = store;
        this.clock = clock;
    }

    GetReceipts.Receipts list(GetReceipts command, CommandContext call) {
        return new GetReceipts.Receipts(receipts.receipts(command.conversationId()));
    }

    MarkRead.Read read(MarkRead command, CommandContext call) {
        String conversationId = command.conversationId();
        ReceiptKey key = new ReceiptKey(Kind.READ, conversationId, call.user());
        long before = Math.max(0, receipts.highestSeq(key));
        long latest = latest(conversationId, command.upToSeq());
        long now = mark(key, before, Math.min(command.upToSeq(), latest), call);
        long unread = Math.max(0, latest - now);
        if (now > before) {
            call.afterwards(() -> readership.unread().read(key, now, latest));
        }
        return new MarkRead.Read(now, unread);
    }

    /** Refuses the whole command if one of its conversations is forbidden, before any receipt is stored. */
    CompletionStage<?> authorise(MarkDelivered command, CommandContext call) {
        List<String> conversationIds =
                command.items().stream().map(Item::conversationId).toList();
        memberships.preload(call.user(), conversationIds.stream().distinct().toList());
        return gate.authorise(call, Action.MARK, conversationIds);
    }

    MarkDelivered.Delivered delivered(MarkDelivered command, CommandContext call) {
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
                .filter(item -> item.upToSeq() > rooms.lastBroadcastSeq(item.conversationId()))
                .map(Item::conversationId)
                .collect(Collectors.toSet());
    }

    private long before(Item item, String userId) {
        return Math.max(0, receipts.highestSeq(new ReceiptKey(Kind.DELIVERED, item.conversationId(), userId)));
    }

    private void learnAll(MarkDelivered command, String userId) {
        List<String> unknown = command.items().stream()
                .map(Item::conversationId)
                .distinct()
                .filter(id -> !receipts.isCached(new ReceiptKey(Kind.DELIVERED, id, userId)))
                .toList();
        if (!unknown.isEmpty()) {
            receipts.preload(userId, unknown);
        }
    }

    private Item delivered(Item item, Map<String, Position> heads, CommandContext call) {
        String conversationId = item.conversationId();
        ReceiptKey key = new ReceiptKey(Kind.DELIVERED, conversationId, call.user());
        Position head = heads.get(conversationId);
        long latest = head == null ? item.upToSeq() : head.seq();
        return new Item(conversationId, mark(key, before(item, key.userId()), Math.min(item.upToSeq(), latest), call));
    }

    /** How far the user has come then; a stranger to the members comes nowhere. */
    private long mark(ReceiptKey key, long before, long wanted, CommandContext call) {
        if (wanted <= before || !rosters.needsReceiptsOf(key.conversationId(), key.userId())) {
            return before;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        note(new Receipt(key.kind(), key.conversationId(), key.userId(), wanted, now), call);
        return wanted;
    }

    private void note(Receipt receipt, CommandContext call) {
        receipts.record(receipt);
        if (pacer.tryEmit(ReceiptKey.of(receipt), receipt)) {
            call.afterwards(() -> readership.send(receipt));
        }
    }

    /** The newest message; the store is asked only about what is beyond all that the room has heard of. */
    private long latest(String conversationId, long upToSeq) {
        long heard = rooms.lastBroadcastSeq(conversationId);
        return heard != Room.UNKNOWN && heard >= upToSeq
                ? heard
                : store.position(conversationId).seq();
    }
}

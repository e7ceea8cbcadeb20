package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.returning;

import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.MarkDelivered.Item;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.internal.attention.PreferencesEditor;
import io.roomcast.chat.internal.handler.CommandPlan.Order;
import io.roomcast.chat.internal.port.AfterWrite;
import io.roomcast.chat.internal.receipt.ReceiptKey;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.receipt.Receipts;
import io.roomcast.chat.internal.room.RoomFeed;
import io.roomcast.chat.internal.room.RoomFeeds;
import io.roomcast.chat.internal.rule.ListPage;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.model.Receipt.Kind;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.spi.MessageStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Records read and delivery receipts, and lists those of a conversation. May block for the store. */
final class ReceiptHandler {
    private final Receipts receipts;
    private final ReceiptTracker tracker;
    private final PreferencesEditor preferences;
    private final RoomFeeds feeds;
    private final Authorizer authorizer;
    private final MessageStore store;
    private final Clock clock;

    ReceiptHandler(
            Receipts receipts,
            PreferencesEditor preferences,
            RoomFeeds feeds,
            Authorizer authorizer,
            MessageStore store,
            Clock clock) {
        this.receipts = receipts;
        this.tracker = receipts.tracker();
        this.preferences = preferences;
        this.feeds = feeds;
        this.authorizer = authorizer;
        this.store = store;
        this.clock = clock;
    }

    /** Returns how each command runs. A receipt reveals too little to read the conversation's members for it. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(
                CommandPlan.concurrent(
                        GetReceipts.class, rules.receipts()::page, returning((command, context) -> list(command))),
                CommandPlan.serial(
                        MarkRead.class,
                        command -> rules.receipts().upToSeq(command.upToSeq()),
                        returning(this::markRead)),
                new CommandPlan<>(
                        MarkDelivered.class,
                        Order.CONCURRENT,
                        false,
                        (command, fromClient) -> rules.receipts().delivered(command.items()),
                        this::authorize,
                        returning(this::markDelivered)));
    }

    GetReceipts.Receipts list(GetReceipts command) {
        int users = ListPage.limit(command.limit(), GetReceipts.MAX_USERS, GetReceipts.MAX_USERS);
        return new GetReceipts.Receipts(
                tracker.page(new ReceiptQuery(command.conversationId(), command.afterUserId(), users)));
    }

    MarkRead.Read markRead(MarkRead command, CommandContext context) {
        String conversationId = command.conversationId();
        ReceiptKey key = new ReceiptKey(Kind.READ, conversationId, context.requireUser());
        long position = tracker.readSeq(conversationId, key.userId());
        long before = Math.max(0, tracker.highestSeq(key));
        long latest = latestSeq(conversationId, command.upToSeq());
        long marked = raise(key, before, Math.min(command.upToSeq(), latest), context);
        long now = Math.max(position, marked);
        clearUnreadFrom(key, context);
        long unread = Math.max(0, latest - now);
        if (marked > before) {
            context.afterPublishing(() -> receipts.unread().read(key, now, latest, context.session()));
        }
        return new MarkRead.Read(now, unread);
    }

    /** Ends what the user has marked as unread. */
    private void clearUnreadFrom(ReceiptKey key, CommandContext context) {
        if (tracker.settings().of(key.userId()).in(key.conversationId()).unreadFrom() != null) {
            PreferencesUpdate update =
                    PreferencesUpdate.clearing(key.userId(), key.conversationId(), Preference.UNREAD_FROM);
            Preferences cleared = AfterWrite.call(() -> preferences.change(update));
            context.afterPublishing(() -> preferences.announce(update, cleared, null));
        }
    }

    /** Refuses the whole command if one of its conversations is forbidden, before any receipt is stored. */
    CompletionStage<?> authorize(MarkDelivered command, CommandContext context) {
        List<String> conversationIds =
                command.items().stream().map(Item::conversationId).toList();
        receipts.membershipCache()
                .preload(
                        context.requireUser(),
                        conversationIds.stream().distinct().toList());
        return authorizer.authorize(context, Action.MARK, conversationIds);
    }

    MarkDelivered.Delivered markDelivered(MarkDelivered command, CommandContext context) {
        String userId = context.requireUser();
        preload(command, userId);
        Set<String> unknown = withUnknownHead(command, userId);
        Map<String, Position> heads = unknown.isEmpty() ? Map.of() : store.positions(unknown);
        return new MarkDelivered.Delivered(command.items().stream()
                .map(item -> markDelivered(item, heads, context))
                .toList());
    }

    /** Returns the conversations for which only the store knows whether they have that many messages. */
    private Set<String> withUnknownHead(MarkDelivered command, String userId) {
        return command.items().stream()
                .filter(item -> item.upToSeq() > deliveredBefore(item, userId))
                .filter(item -> item.upToSeq() > feeds.lastDeliveredSeq(item.conversationId()))
                .map(Item::conversationId)
                .collect(Collectors.toSet());
    }

    private long deliveredBefore(Item item, String userId) {
        return Math.max(0, tracker.highestSeq(new ReceiptKey(Kind.DELIVERED, item.conversationId(), userId)));
    }

    private void preload(MarkDelivered command, String userId) {
        List<String> unknown = command.items().stream()
                .map(Item::conversationId)
                .distinct()
                .filter(id -> !tracker.isCached(new ReceiptKey(Kind.DELIVERED, id, userId)))
                .toList();
        if (!unknown.isEmpty()) {
            tracker.preload(userId, unknown);
        }
    }

    private Item markDelivered(Item item, Map<String, Position> heads, CommandContext context) {
        String conversationId = item.conversationId();
        ReceiptKey key = new ReceiptKey(Kind.DELIVERED, conversationId, context.requireUser());
        Position head = heads.get(conversationId);
        long latest = head == null ? item.upToSeq() : head.seq();
        long before = deliveredBefore(item, key.userId());
        return new Item(conversationId, raise(key, before, Math.min(item.upToSeq(), latest), context));
    }

    /**
     * Raises a receipt, which never decreases. Receipts of users who are not members of a group are ignored.
     *
     * @return the receipt's sequence number after that
     */
    private long raise(ReceiptKey key, long before, long requested, CommandContext context) {
        if (requested <= before || !receipts.memberCache().needsReceiptsOf(key.conversationId(), key.userId())) {
            return before;
        }
        record(new Receipt(key.kind(), key.conversationId(), key.userId(), requested, clock.instant()), context);
        return requested;
    }

    private void record(Receipt receipt, CommandContext context) {
        tracker.record(receipt);
        if (tracker.isShown(receipt.userId()) && receipts.throttle().tryEmit(ReceiptKey.of(receipt), receipt)) {
            context.afterPublishing(() -> receipts.send(receipt));
        }
    }

    /** Returns the newest message's sequence number. Asks the store only if the room knows none as high as requested. */
    private long latestSeq(String conversationId, long requested) {
        long delivered = feeds.lastDeliveredSeq(conversationId);
        return delivered != RoomFeed.UNKNOWN && delivered >= requested
                ? delivered
                : store.position(conversationId).seq();
    }
}

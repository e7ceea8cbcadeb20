package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.returning;
import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.GetMessage;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetMessages.Page;
import io.roomcast.chat.command.GetPins;
import io.roomcast.chat.command.GetReactions;
import io.roomcast.chat.command.GetReceipts;
import io.roomcast.chat.command.SyncRoom;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.room.CatchUpReader;
import io.roomcast.chat.internal.room.RoomFeeds;
import io.roomcast.chat.internal.rule.ListPage;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.HistoryQuery;
import io.roomcast.chat.model.HistoryQuery.Anchor;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Reaction;
import io.roomcast.chat.model.ReceiptPage;
import io.roomcast.chat.model.ReceiptQuery;
import io.roomcast.chat.spi.ChatStore;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads pages of history, and pages of missed messages. Blocks for the store. */
final class HistoryHandler {
    private static final Comparator<Reaction> BY_KEY =
            Comparator.comparing(Reaction::key).thenComparing(Reaction::userId);

    private static final Comparator<Message> LAST_PINNED_FIRST = Comparator.comparing(
                    (Message message) -> requireNonNull(message.pin()).at())
            .thenComparing(Message::seq)
            .reversed();

    private final RoomFeeds feeds;
    private final ChatStore store;
    private final Limits limits;
    private final CatchUpReader pages;
    private final ReceiptTracker receipts;

    HistoryHandler(RoomFeeds feeds, ChatStore store, Limits limits, CatchUpReader pages, ReceiptTracker receipts) {
        this.feeds = feeds;
        this.store = store;
        this.limits = limits;
        this.pages = pages;
        this.receipts = receipts;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans(Rules rules) {
        return List.of(
                CommandPlan.concurrent(
                        GetMessage.class,
                        command -> rules.ids().messageId(command.messageId()),
                        returning((command, context) -> find(command))),
                CommandPlan.concurrent(
                        GetPins.class, CommandPlan.NO_FIELDS, returning((command, context) -> pins(command))),
                CommandPlan.concurrent(
                        GetReactions.class,
                        rules.messages()::reactions,
                        returning((command, context) -> reactions(command))),
                CommandPlan.concurrent(
                        GetMessages.class, rules.history()::page, returning((command, context) -> read(command))),
                CommandPlan.concurrent(
                        SyncRoom.class, rules.history()::sync, returning((command, context) -> sync(command))));
    }

    GetMessage.Found find(GetMessage command) {
        return new GetMessage.Found(require(command.conversationId(), command.messageId()));
    }

    /** Reads the pinned messages. Of those that were pinned at the same time, newer messages are first. */
    GetPins.Listed pins(GetPins command) {
        return new GetPins.Listed(store.pins(command.conversationId()).stream()
                .sorted(LAST_PINNED_FIRST)
                .toList());
    }

    private Message require(String conversationId, String messageId) {
        return store.message(conversationId, messageId)
                .orElseThrow(() -> ChatException.of(ErrorCode.MESSAGE_NOT_FOUND));
    }

    /** Reads a page of reactions. Their order does not change when others are added or removed meanwhile. */
    GetReactions.Listed reactions(GetReactions command) {
        Reaction after = command.after();
        List<Reaction> wanted = require(command.conversationId(), command.messageId()).reactions().stream()
                .filter(reaction -> command.key() == null || reaction.key().equals(command.key()))
                .filter(reaction -> after == null || BY_KEY.compare(reaction, after) > 0)
                .sorted(BY_KEY)
                .toList();
        int limit = ListPage.limit(command.limit(), GetReactions.DEFAULT_LIMIT, GetReactions.MAX_LIMIT);
        ListPage<Reaction> page = ListPage.of(wanted, limit);
        return new GetReactions.Listed(page.entries(), page.next());
    }

    /** Reads a page. Reads the conversation's head from the store only if no room of this server knows it. */
    Page read(GetMessages command) {
        String conversationId = command.conversationId();
        Position known = feeds.position(conversationId);
        Position head = known == null ? store.position(conversationId) : known;
        Long around = around(command);
        int limit = limit(command);
        return around == null ? page(command, limit, head) : pageAround(conversationId, around, limit, head);
    }

    private @Nullable Long around(GetMessages command) {
        String aroundId = command.aroundId();
        return aroundId == null
                ? command.around()
                : (Long) require(command.conversationId(), aroundId).seq();
    }

    /** Reads one message more than the page holds, to find out whether there are more. */
    private Page page(GetMessages command, int limit, Position head) {
        List<Message> found = store.history(query(command, limit + 1));
        boolean hasMore = found.size() > limit;
        return page(hasMore ? withoutExtra(command, found, limit) : found, hasMore, head);
    }

    /** Raises the head to the newest message found: another server may have stored it, or it is on its way to the room. */
    private Page page(List<Message> messages, boolean hasMore, Position head) {
        long newest = messages.isEmpty() ? 0 : messages.get(messages.size() - 1).seq();
        Position raised = newest > head.seq() ? new Position(newest, head.version()) : head;
        return new Page(messages, hasMore, raised, store.epoch());
    }

    /** Reads the events after a position. Only the last page has receipts, as they would be the same on each. */
    SyncRoom.Synced sync(SyncRoom command) {
        String conversationId = command.conversationId();
        if (!command.epoch().equals(store.epoch())) {
            throw ChatException.of(ErrorCode.POSITION_LOST);
        }
        CatchUp page = pages.readAfter(conversationId, command.after(), command.limit());
        ReceiptPage first = page.hasMore()
                ? ReceiptPage.EMPTY
                : receipts.page(ReceiptQuery.first(conversationId, GetReceipts.MAX_USERS));
        return new SyncRoom.Synced(page, first, store.epoch());
    }

    private int limit(GetMessages command) {
        return ListPage.limit(command.limit(), limits.historyPage(), limits.historyPageMax());
    }

    private static HistoryQuery query(GetMessages command, int limit) {
        if (command.before() != null) {
            return new HistoryQuery(command.conversationId(), Anchor.BEFORE, command.before(), limit);
        }
        if (command.after() != null) {
            return new HistoryQuery(command.conversationId(), Anchor.AFTER, command.after(), limit);
        }
        return new HistoryQuery(command.conversationId(), Anchor.LATEST, 0, limit);
    }

    /** Returns the messages without the extra one, which is the farthest from the anchor. */
    private static List<Message> withoutExtra(GetMessages command, List<Message> found, int limit) {
        return command.after() == null ? found.subList(found.size() - limit, found.size()) : found.subList(0, limit);
    }

    /** Reads one sequence number more on each side, to find out whether there are messages beyond the page. */
    private Page pageAround(String conversationId, long seq, int limit, Position head) {
        long from = new HistoryQuery(conversationId, Anchor.AROUND, seq, limit).aroundFrom();
        List<Message> found =
                store.history(new HistoryQuery(conversationId, Anchor.AFTER, Math.max(0, from - 2), limit + 2));
        List<Message> within = found.stream()
                .filter(message -> message.seq() >= from && message.seq() < from + limit)
                .toList();
        return page(within, within.size() < found.size(), head);
    }
}

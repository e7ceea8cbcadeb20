package io.roomcast.chat.internal.join;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.internal.join.SharedPageReader.PageRequest;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.session.RateLimitGuard;
import io.roomcast.chat.model.CallSummary;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.ReceiptPage;
import io.roomcast.chat.spi.ChatStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what joins of some rooms need, with one call each for positions, pages and receipts. Blocks for the store. */
final class RoomStateReader {
    /** The maximum number of pages that a resumed session receives. Its client must request the rest. */
    private static final int MAX_PAGES = 5;

    private final ChatStore store;
    private final SharedPageReader pages;
    private final ReceiptTracker receipts;
    private final RateLimitGuard rates;
    private final RoomRegistry rooms;
    private final Publisher publisher;
    private final RoomCalls calls;

    RoomStateReader(
            ChatStore store,
            SharedPageReader pages,
            ReceiptTracker receipts,
            RateLimitGuard rates,
            RoomRegistry rooms,
            Publisher publisher,
            RoomCalls calls) {
        this.store = store;
        this.pages = pages;
        this.receipts = receipts;
        this.rates = rates;
        this.rooms = rooms;
        this.publisher = publisher;
        this.calls = calls;
    }

    /** Sets the data of each join. If it throws, no join has received data. */
    void read(Map<String, List<PendingJoin>> joins) {
        Map<String, Position> heads = store.positions(joins.keySet());
        Map<PendingJoin, PageRequest> requests = new LinkedHashMap<>();
        joins.forEach((id, all) -> all.stream()
                .filter(PendingJoin::catchesUp)
                .forEach(join -> requests.put(join, request(join, heads.getOrDefault(id, Position.START)))));
        Map<PageRequest, CatchUp> found = pages.read(Set.copyOf(requests.values()));
        Map<String, ReceiptPage> receiptsOf = receipts.firstPages(joins.entrySet().stream()
                .filter(room -> room.getValue().stream().anyMatch(PendingJoin::resumes))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
        readSettings(joins);
        Map<String, CallSummary> callsIn = calls.read()
                .apply(joins.entrySet().stream()
                        .filter(room -> !room.getValue().stream().allMatch(PendingJoin::resumes))
                        .map(Map.Entry::getKey)
                        .toList());
        joins.forEach((id, all) -> {
            PendingJoin.RoomRead read = new PendingJoin.RoomRead(
                    heads.getOrDefault(id, Position.START),
                    receiptsOf.getOrDefault(id, ReceiptPage.EMPTY),
                    callsIn.get(id));
            all.forEach(join -> set(join, read, page(requests.get(join), found)));
        });
    }

    /** Reads what users prefer with one call for all joins, as clients that resume count unread messages themselves. */
    private void readSettings(Map<String, List<PendingJoin>> joins) {
        Map<String, List<PendingJoin>> byUser = joins.values().stream()
                .flatMap(List::stream)
                .filter(join -> !join.resumes())
                .filter(join -> join.context().userId() != null)
                .collect(Collectors.groupingBy(join -> join.context().author()));
        receipts.settingsOf(byUser.keySet())
                .forEach((userId, settings) -> requireNonNull(byUser.get(userId))
                        .forEach(join -> join.unreadFrom(
                                settings.in(join.conversationId()).unreadFrom())));
    }

    private static PageRequest request(PendingJoin join, Position head) {
        return new PageRequest(
                join.conversationId(), join.after(), head, join.command().limit());
    }

    private static @Nullable CatchUp page(@Nullable PageRequest request, Map<PageRequest, CatchUp> found) {
        return request == null ? null : found.get(request);
    }

    private static void set(PendingJoin join, PendingJoin.RoomRead read, @Nullable CatchUp page) {
        if (page != null && page.lost()) {
            join.losePosition(read);
        } else {
            join.succeed(read, page);
        }
    }

    /** Sends the join's page if another one follows and may be read. Returns whether the page was sent. */
    boolean sendsPage(PendingJoin join) {
        CatchUp page = join.page();
        if (page == null || !page.hasMore() || !mayReadNext(join)) {
            return false;
        }
        join.pageSent(page);
        publisher.send(
                new RoomSynced(page, ReceiptPage.EMPTY, store.epoch()), new Audience.Sessions(List.of(join.session())));
        return true;
    }

    /** Asks for the permit last, as that uses it up. */
    private boolean mayReadNext(PendingJoin join) {
        return join.resumes()
                && !join.mustRestart()
                && join.sentPages() < MAX_PAGES - 1
                && rooms.isOpen(join.session())
                && rates.tryAcquireUnasked(join.session(), join.command()).isZero();
    }
}

package io.roomcast.chat.internal.join;

import io.roomcast.chat.event.RoomSynced;
import io.roomcast.chat.internal.receipt.ReceiptTracker;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.session.RateLimitGuard;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Receipt;
import io.roomcast.chat.spi.ChatStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data for joins of some rooms, with one call each for positions, pages and receipts. Blocks for the store.
 */
public final class RoomStateReader {
    /** The most pages that a resumed session receives. Its client must ask for the rest. */
    static final int MOST_PAGES = 5;

    private final ChatStore store;
    private final SharedPageReader pages;
    private final ReceiptTracker receipts;
    private final RateLimitGuard rates;
    private final RoomRegistry rooms;
    private final Publisher publisher;

    public RoomStateReader(
            ChatStore store,
            SharedPageReader pages,
            ReceiptTracker receipts,
            RateLimitGuard rates,
            RoomRegistry rooms,
            Publisher publisher) {
        this.store = store;
        this.pages = pages;
        this.receipts = receipts;
        this.rates = rates;
        this.rooms = rooms;
        this.publisher = publisher;
    }

    /** Gives each join the data that it needs to enter its room. If it throws, no join has received data. */
    void read(Map<String, List<PendingJoin>> joins) {
        Map<String, Position> heads = store.positions(joins.keySet());
        Map<PendingJoin, SharedPageReader.Wish> wishes = new LinkedHashMap<>();
        joins.forEach((id, all) -> all.stream()
                .filter(PendingJoin::catchesUp)
                .forEach(join -> wishes.put(join, wish(join, heads.getOrDefault(id, Position.START)))));
        Map<SharedPageReader.Wish, CatchUp> found = pages.read(Set.copyOf(wishes.values()));
        Map<String, List<Receipt>> receiptsOf = receipts.receipts(joins.entrySet().stream()
                .filter(room -> room.getValue().stream().anyMatch(PendingJoin::resumes))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
        joins.forEach((id, all) -> {
            PendingJoin.RoomRead read = new PendingJoin.RoomRead(
                    heads.getOrDefault(id, Position.START), receiptsOf.getOrDefault(id, List.of()));
            all.forEach(join -> give(join, read, page(wishes.get(join), found)));
        });
    }

    private static SharedPageReader.Wish wish(PendingJoin join, Position head) {
        return new SharedPageReader.Wish(
                join.conversationId(), join.after(), head, join.command().limit());
    }

    private static @Nullable CatchUp page(
            SharedPageReader.@Nullable Wish wish, Map<SharedPageReader.Wish, CatchUp> found) {
        return wish == null ? null : found.get(wish);
    }

    private static void give(PendingJoin join, PendingJoin.RoomRead read, @Nullable CatchUp page) {
        if (page != null && page.lost()) {
            join.lose(read);
        } else {
            join.take(read, page);
        }
    }

    /** Sends the page if it is not the last and another one may be read. Returns false if it keeps the page. */
    boolean tellsPage(PendingJoin join) {
        CatchUp page = join.page();
        if (page == null || !page.hasMore() || !mayReadOn(join)) {
            return false;
        }
        join.told(page);
        publisher.send(new RoomSynced(page, List.of(), store.epoch()), new Audience.Sessions(List.of(join.session())));
        return true;
    }

    /** Checks the permit last, as the check takes it. */
    private boolean mayReadOn(PendingJoin join) {
        return join.resumes()
                && !join.isRevoked()
                && join.pagesTold() < MOST_PAGES - 1
                && rooms.isOpen(join.session())
                && rates.waitUnasked(join.session(), join.command()).isZero();
    }
}

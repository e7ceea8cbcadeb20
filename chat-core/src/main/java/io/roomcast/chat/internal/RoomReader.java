package io.roomcast.chat.internal;

import io.roomcast.chat.event.RoomSynced;
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

/** Reads for the joins of some rooms: a call each for the positions, the pages and the receipts. Blocks for the store. */
final class RoomReader {
    /** So many pages are told to a session that comes back; the rest is for its client to ask for. */
    static final int MOST_PAGES = 5;

    private final ChatStore store;
    private final SharedPages pages;
    private final ReceiptTracker receipts;
    private final RateGate rates;
    private final RoomRegistry rooms;
    private final Publisher publisher;

    RoomReader(
            ChatStore store,
            SharedPages pages,
            ReceiptTracker receipts,
            RateGate rates,
            RoomRegistry rooms,
            Publisher publisher) {
        this.store = store;
        this.pages = pages;
        this.receipts = receipts;
        this.rates = rates;
        this.rooms = rooms;
        this.publisher = publisher;
    }

    /** Gives each join what it needs to be let in; nothing to any if it throws. */
    void read(Map<String, List<PendingJoin>> joins) {
        Map<String, Position> heads = store.positions(joins.keySet());
        Map<PendingJoin, SharedPages.Wish> wishes = new LinkedHashMap<>();
        joins.forEach((id, all) -> all.stream()
                .filter(PendingJoin::catchesUp)
                .forEach(join -> wishes.put(join, wish(join, heads.getOrDefault(id, Position.START)))));
        Map<SharedPages.Wish, CatchUp> found = pages.read(Set.copyOf(wishes.values()));
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

    private static SharedPages.Wish wish(PendingJoin join, Position head) {
        return new SharedPages.Wish(
                join.conversationId(), join.after(), head, join.command().limit());
    }

    private static @Nullable CatchUp page(SharedPages.@Nullable Wish wish, Map<SharedPages.Wish, CatchUp> found) {
        return wish == null ? null : found.get(wish);
    }

    private static void give(PendingJoin join, PendingJoin.RoomRead read, @Nullable CatchUp page) {
        if (page != null && page.lost()) {
            join.lose(read);
        } else {
            join.take(read, page);
        }
    }

    /** Tells the page that was read, if it is not the last and another one may be read; false if it is kept. */
    boolean tellsPage(PendingJoin join) {
        CatchUp page = join.page();
        if (page == null || !page.hasMore() || !mayReadOn(join)) {
            return false;
        }
        join.told(page);
        publisher.tell(new RoomSynced(page, List.of(), store.epoch()), new Audience.Sessions(List.of(join.session())));
        return true;
    }

    /** The permit comes last, as it is taken. */
    private boolean mayReadOn(PendingJoin join) {
        return join.resumes()
                && !join.isRevoked()
                && join.pagesTold() < MOST_PAGES - 1
                && rooms.isOpen(join.session())
                && rates.waitUnasked(join.session(), join.command()).isZero();
    }
}

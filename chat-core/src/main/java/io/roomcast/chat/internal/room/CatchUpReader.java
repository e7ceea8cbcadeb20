package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.MessageStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what clients missed, in pages that are small enough to wait for a client; safe for use by any thread. */
public final class CatchUpReader {
    /** Ids, times and the names of fields. */
    private static final int MESSAGE_BYTES = 400;

    private static final int REACTION_BYTES = 40;

    /** What all that waits for a client may be, in pages as heavy as they get. */
    private static final int PAGES_WAITING = 4;

    private final MessageStore store;
    private final Limits limits;

    public CatchUpReader(MessageStore store, Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    /**
     * The next page after a position; blocks for the store.
     *
     * @param limit how many messages at the most, or null for the default; heavy ones may make it fewer
     * @throws ChatException {@link ErrorCode#POSITION_LOST} if the way from the position is not known any more
     */
    public CatchUp after(String conversationId, Position after, @Nullable Integer limit) {
        int most = limit(limit);
        CatchUp page = read(conversationId, after, most);
        for (long weight = weight(page); weight > budget() && most > 1; weight = weight(page)) {
            most = (int) Math.max(1, Math.min(most / 2, most * budget() / weight));
            page = read(conversationId, after, most);
        }
        return page;
    }

    /** Reads the same page without messages after the head, which the client receives live. */
    public CatchUp between(String conversationId, Position after, Position head, @Nullable Integer limit) {
        return upTo(after(conversationId, after, limit), head);
    }

    /** The most messages of a page for which a client named a limit, or null. */
    public int limit(@Nullable Integer limit) {
        return limit == null ? limits.syncPage() : Math.min(limit, limits.syncPage());
    }

    /** Reads the pages of several conversations, one of each, whatever they weigh; blocks for the store. */
    public List<CatchUp> read(List<CatchUpQuery> queries) {
        return store.catchUp(queries);
    }

    /** Whether a page is too much for a client at once, and could be smaller. */
    public boolean isHeavy(CatchUp page) {
        return page.messages().size() > 1 && weight(page) > budget();
    }

    /** Returns the page without messages after the head. */
    public static CatchUp upTo(CatchUp page, Position head) {
        Position covered = new Position(
                Math.min(page.covered().seq(), head.seq()), page.covered().version());
        List<Message> messages = page.messages().stream()
                .filter(message -> message.seq() <= head.seq())
                .toList();
        boolean hasMore = covered.seq() < head.seq() || covered.version() < head.version();
        return new CatchUp(page.conversationId(), messages, covered, hasMore, page.lost());
    }

    private CatchUp read(String conversationId, Position after, int limit) {
        CatchUp page = store.catchUp(List.of(new CatchUpQuery(conversationId, after, limit)))
                .get(0);
        if (page.lost()) {
            throw ChatException.of(ErrorCode.POSITION_LOST);
        }
        return page;
    }

    /** What the pages that are sent at once may weigh. */
    public long budget() {
        return limits.pendingBytes() / PAGES_WAITING;
    }

    public static long weight(CatchUp page) {
        return page.messages().stream().mapToLong(CatchUpReader::weight).sum();
    }

    public static long weight(Message message) {
        String metadata = message.body().metadata();
        return MESSAGE_BYTES
                + message.content().length()
                + (metadata == null ? 0L : metadata.length())
                + (long) REACTION_BYTES * message.reactions().size();
    }
}

package io.roomcast.chat.internal.room;

import io.roomcast.chat.model.Annotation;
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

/**
 * Reads pages of missed messages. A page is small enough to fit into a client's outbound queue. Safe for use by any
 * thread; methods that read the store block.
 */
public final class CatchUpReader {
    /** The estimated size of a message without its text: ids, times and field names. */
    private static final int MESSAGE_BYTES = 400;

    private static final int REACTION_BYTES = 40;

    /** How many pages of the maximal size fit into a client's outbound queue. */
    private static final int PAGES_IN_QUEUE = 4;

    private final MessageStore store;
    private final Limits limits;

    CatchUpReader(MessageStore store, Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    /**
     * Returns the page after a position. Reads again with a lower limit if the page exceeds {@link #budgetBytes}.
     *
     * @param limit the most messages to return, or null for the default
     * @throws ChatException {@link ErrorCode#POSITION_LOST} if the changes since the position are no longer known
     */
    public CatchUp readAfter(String conversationId, Position after, @Nullable Integer limit) {
        int max = limit(limit);
        CatchUp page = read(conversationId, after, max);
        for (long weight = weight(page); weight > budgetBytes() && max > 1; weight = weight(page)) {
            max = (int) Math.max(1, Math.min(max / 2, max * budgetBytes() / weight));
            page = read(conversationId, after, max);
        }
        return page;
    }

    /** As {@link #readAfter}, without messages after the head, which the client receives live. */
    public CatchUp readBetween(String conversationId, Position after, Position head, @Nullable Integer limit) {
        return upTo(readAfter(conversationId, after, limit), head);
    }

    /**
     * Returns the most messages of a page.
     *
     * @param limit the limit that the client requested, or null if it requested none
     */
    public int limit(@Nullable Integer limit) {
        return limit == null ? limits.syncPage() : Math.min(limit, limits.syncPage());
    }

    /** Reads one page for each query, of any size, with one call of the store. */
    public List<CatchUp> read(List<CatchUpQuery> queries) {
        return store.catchUp(queries);
    }

    /** Returns whether a page exceeds {@link #budgetBytes} and has several messages, so that it could be smaller. */
    public boolean isHeavy(CatchUp page) {
        return page.messages().size() > 1 && weight(page) > budgetBytes();
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

    /** Returns the most bytes of pages that are sent to a client at a time. */
    public long budgetBytes() {
        return limits.pendingBytes() / PAGES_IN_QUEUE;
    }

    /** Returns the estimated size of a page's messages on the wire, in bytes. */
    public static long weight(CatchUp page) {
        return page.messages().stream().mapToLong(CatchUpReader::weight).sum();
    }

    private static int annotationsLength(Message message) {
        int length = 0;
        for (Annotation annotation : message.annotations()) {
            length += annotation.json().length();
        }
        return length;
    }

    /** Returns the estimated size of a message on the wire, in bytes. */
    public static long weight(Message message) {
        return MESSAGE_BYTES
                + message.body().textLength()
                + annotationsLength(message)
                + (long) REACTION_BYTES * message.reactions().size();
    }
}

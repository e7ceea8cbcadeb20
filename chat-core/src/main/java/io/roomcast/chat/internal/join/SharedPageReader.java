package io.roomcast.chat.internal.join;

import io.roomcast.chat.internal.room.CatchUpReader;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.CatchUpQuery;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of missed messages for many clients with few calls of the store. Blocks; safe for use by any thread.
 *
 * <p>A client that missed no messages costs no read. Clients of a room that missed at most one page share a page, which
 * begins at the oldest of their positions. A client that missed more gets its own page.
 */
final class SharedPageReader {
    /** The expected number of messages from which on a call of the store takes no further query. */
    private static final int MAX_MESSAGES = 5_000;

    /**
     * A client's request for a page.
     *
     * @param after the client's position
     * @param head the position at which the pages end, because the client receives later events live
     * @param limit the maximum number of messages, or null for the default
     */
    record PageRequest(
            String conversationId,
            Position after,
            Position head,
            @Nullable Integer limit) {
        private long missed() {
            return Math.max(head.seq() - after.seq(), 0) + Math.max(head.version() - after.version(), 0);
        }

        private boolean isWithin(int page) {
            return after.seq() <= head.seq()
                    && after.version() <= head.version()
                    && head.seq() - after.seq() <= page
                    && head.version() - after.version() <= page;
        }
    }

    /** A query and the requests that its result serves. */
    private record SharedQuery(CatchUpQuery query, List<PageRequest> requests) {
        private long expectedMessages() {
            return requests.stream()
                    .mapToLong(request -> Math.min(request.missed(), 2L * query.limit()))
                    .max()
                    .orElse(0);
        }
    }

    private final CatchUpReader pages;

    SharedPageReader(CatchUpReader pages) {
        this.pages = pages;
    }

    /**
     * Returns a page for each request. A page is {@linkplain CatchUp#lost() lost} if the client's position is no longer
     * valid.
     */
    Map<PageRequest, CatchUp> read(Collection<PageRequest> requests) {
        Map<PageRequest, CatchUp> found = new HashMap<>();
        Map<String, Queue<SharedQuery>> queries = new LinkedHashMap<>();
        toRead(requests, found).forEach((id, missing) -> queries.put(id, queries(missing)));
        while (!queries.isEmpty()) {
            read(nextCall(queries), found);
        }
        return found;
    }

    /** Answers the requests that need no read. Returns the others by conversation. */
    private static Map<String, List<PageRequest>> toRead(
            Collection<PageRequest> requests, Map<PageRequest, CatchUp> found) {
        Map<String, List<PageRequest>> missing = new LinkedHashMap<>();
        for (PageRequest request : requests) {
            if (request.after().equals(request.head())) {
                found.put(request, new CatchUp(request.conversationId(), List.of(), request.head(), false, false));
            } else {
                missing.computeIfAbsent(request.conversationId(), id -> new ArrayList<>())
                        .add(request);
            }
        }
        return missing;
    }

    private Queue<SharedQuery> queries(List<PageRequest> requests) {
        Queue<SharedQuery> queries = new ArrayDeque<>();
        List<PageRequest> near = requests.stream().filter(this::isNear).toList();
        if (!near.isEmpty()) {
            queries.add(new SharedQuery(
                    new CatchUpQuery(near.get(0).conversationId(), oldestPosition(near), pages.limit(null)), near));
        }
        requests.stream()
                .filter(request -> !isNear(request))
                .map(this::ownQuery)
                .forEach(queries::add);
        return queries;
    }

    /** Returns whether the client missed at most one page. */
    private boolean isNear(PageRequest request) {
        return request.isWithin(pages.limit(request.limit()));
    }

    private static Position oldestPosition(List<PageRequest> requests) {
        return new Position(
                requests.stream()
                        .mapToLong(request -> request.after().seq())
                        .min()
                        .orElseThrow(),
                requests.stream()
                        .mapToLong(request -> request.after().version())
                        .min()
                        .orElseThrow());
    }

    private SharedQuery ownQuery(PageRequest request) {
        return new SharedQuery(
                new CatchUpQuery(request.conversationId(), request.after(), pages.limit(request.limit())),
                List.of(request));
    }

    /** Removes the queries of the next call: one of each conversation, as the store takes no more, up to the maximum. */
    private static List<SharedQuery> nextCall(Map<String, Queue<SharedQuery>> queries) {
        List<SharedQuery> call = new ArrayList<>();
        long expected = 0;
        Iterator<Queue<SharedQuery>> conversations = queries.values().iterator();
        while (conversations.hasNext() && expected < MAX_MESSAGES) {
            Queue<SharedQuery> next = conversations.next();
            SharedQuery query = next.remove();
            expected += query.expectedMessages();
            call.add(query);
            if (next.isEmpty()) {
                conversations.remove();
            }
        }
        return call;
    }

    private void read(List<SharedQuery> call, Map<PageRequest, CatchUp> found) {
        List<CatchUp> results = pages.read(call.stream().map(SharedQuery::query).toList());
        for (int i = 0; i < call.size(); i++) {
            CatchUp page = results.get(i);
            call.get(i).requests().forEach(request -> found.put(request, pageFor(request, page)));
        }
    }

    /** Returns the part of a shared page that the client lacks. Reads another page if the shared one does not serve. */
    private CatchUp pageFor(PageRequest request, CatchUp shared) {
        boolean isWhole = covers(shared, request.head()) || !isNear(request);
        CatchUp page = isNear(request) ? missedPart(shared, request) : CatchUpReader.upTo(shared, request.head());
        return shared.lost() || !isWhole || pages.isHeavy(page) ? readAlone(request) : page;
    }

    private static boolean covers(CatchUp page, Position head) {
        return page.covered().seq() >= head.seq() && page.covered().version() >= head.version();
    }

    /** Reads a page for one request, as a shared page can be lost for an older position only. */
    private CatchUp readAlone(PageRequest request) {
        try {
            return pages.readBetween(request.conversationId(), request.after(), request.head(), request.limit());
        } catch (ChatException refusal) {
            if (refusal.code() != ErrorCode.POSITION_LOST) {
                throw refusal;
            }
            return CatchUp.lost(request.conversationId(), request.head());
        }
    }

    private static CatchUp missedPart(CatchUp page, PageRequest request) {
        List<Message> messages = page.messages().stream()
                .filter(message -> isMissed(message, request.after()))
                .toList();
        return CatchUpReader.upTo(
                new CatchUp(request.conversationId(), messages, page.covered(), page.hasMore(), false), request.head());
    }

    /** A message's version is that of its last change. */
    private static boolean isMissed(Message message, Position after) {
        return message.seq() > after.seq() || message.version() > after.version();
    }
}

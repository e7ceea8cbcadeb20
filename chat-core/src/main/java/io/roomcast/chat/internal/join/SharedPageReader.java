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
 * <p>A client that missed no messages costs nothing. Clients of a room that missed at most one page share a page, which
 * begins at the oldest of their positions. A client that missed more gets its own page.
 */
public final class SharedPageReader {
    /** The most messages that one call should return, as far as that is known beforehand. */
    private static final int MOST_MESSAGES = 5_000;

    /**
     * A client's request for a page.
     *
     * @param after the client's position
     * @param head the position at which the pages end, because the client receives later events live
     * @param limit the most messages, or null for the default
     */
    record Wish(
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

    /** A query and the requests that share its result. */
    private record Share(CatchUpQuery query, List<Wish> wishes) {
        private long expected() {
            return wishes.stream()
                    .mapToLong(wish -> Math.min(wish.missed(), 2L * query.limit()))
                    .max()
                    .orElse(0);
        }
    }

    private final CatchUpReader pages;

    public SharedPageReader(CatchUpReader pages) {
        this.pages = pages;
    }

    /**
     * Returns a page for each request. A page is {@linkplain CatchUp#lost() lost} if the client's position is no longer
     * valid.
     */
    Map<Wish, CatchUp> read(Collection<Wish> wishes) {
        Map<Wish, CatchUp> found = new HashMap<>();
        Map<String, Queue<Share>> shares = new LinkedHashMap<>();
        byConversation(wishes, found).forEach((id, missing) -> shares.put(id, shares(missing)));
        while (!shares.isEmpty()) {
            serve(round(shares), found);
        }
        return found;
    }

    private static Map<String, List<Wish>> byConversation(Collection<Wish> wishes, Map<Wish, CatchUp> found) {
        Map<String, List<Wish>> missing = new LinkedHashMap<>();
        for (Wish wish : wishes) {
            if (wish.after().equals(wish.head())) {
                found.put(wish, new CatchUp(wish.conversationId(), List.of(), wish.head(), false, false));
            } else {
                missing.computeIfAbsent(wish.conversationId(), id -> new ArrayList<>())
                        .add(wish);
            }
        }
        return missing;
    }

    private Queue<Share> shares(List<Wish> wishes) {
        Queue<Share> shares = new ArrayDeque<>();
        List<Wish> near = wishes.stream().filter(this::isNear).toList();
        if (!near.isEmpty()) {
            shares.add(new Share(
                    new CatchUpQuery(near.get(0).conversationId(), furthestBack(near), pages.limit(null)), near));
        }
        wishes.stream().filter(wish -> !isNear(wish)).map(this::alone).forEach(shares::add);
        return shares;
    }

    private boolean isNear(Wish wish) {
        return wish.isWithin(pages.limit(wish.limit()));
    }

    private static Position furthestBack(List<Wish> wishes) {
        return new Position(
                wishes.stream().mapToLong(wish -> wish.after().seq()).min().orElseThrow(),
                wishes.stream().mapToLong(wish -> wish.after().version()).min().orElseThrow());
    }

    private Share alone(Wish wish) {
        return new Share(
                new CatchUpQuery(wish.conversationId(), wish.after(), pages.limit(wish.limit())), List.of(wish));
    }

    /** One query of each conversation, as the store takes no more, until they bring too much. */
    private static List<Share> round(Map<String, Queue<Share>> shares) {
        List<Share> round = new ArrayList<>();
        long expected = 0;
        Iterator<Queue<Share>> conversations = shares.values().iterator();
        while (conversations.hasNext() && expected < MOST_MESSAGES) {
            Queue<Share> next = conversations.next();
            Share share = next.remove();
            expected += share.expected();
            round.add(share);
            if (next.isEmpty()) {
                conversations.remove();
            }
        }
        return round;
    }

    private void serve(List<Share> round, Map<Wish, CatchUp> found) {
        List<CatchUp> brought = pages.read(round.stream().map(Share::query).toList());
        for (int i = 0; i < round.size(); i++) {
            CatchUp page = brought.get(i);
            round.get(i).wishes().forEach(wish -> found.put(wish, cut(page, wish)));
        }
    }

    private CatchUp cut(CatchUp page, Wish wish) {
        boolean isWhole = covers(page, wish.head()) || !isNear(wish);
        CatchUp cut = isNear(wish) ? rest(page, wish) : CatchUpReader.upTo(page, wish.head());
        return page.lost() || !isWhole || pages.isHeavy(cut) ? readAlone(wish) : cut;
    }

    private static boolean covers(CatchUp page, Position head) {
        return page.covered().seq() >= head.seq() && page.covered().version() >= head.version();
    }

    /** Reads a page for one request, as a shared page can be lost for an older position only. */
    private CatchUp readAlone(Wish wish) {
        try {
            return pages.readBetween(wish.conversationId(), wish.after(), wish.head(), wish.limit());
        } catch (ChatException refusal) {
            if (refusal.code() != ErrorCode.POSITION_LOST) {
                throw refusal;
            }
            return CatchUp.lost(wish.conversationId(), wish.head());
        }
    }

    private static CatchUp rest(CatchUp page, Wish wish) {
        List<Message> messages = page.messages().stream()
                .filter(message -> isMissed(message, wish.after()))
                .toList();
        return CatchUpReader.upTo(
                new CatchUp(wish.conversationId(), messages, page.covered(), page.hasMore(), false), wish.head());
    }

    /** A message's version is that of its last change. */
    private static boolean isMissed(Message message, Position after) {
        return message.seq() > after.seq() || message.version() > after.version();
    }
}

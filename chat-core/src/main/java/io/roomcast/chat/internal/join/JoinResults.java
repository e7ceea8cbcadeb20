package io.roomcast.chat.internal.join;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.JoinRooms.Result;
import io.roomcast.chat.internal.room.CatchUpReader;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.ChatException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** Collects the outcomes of the joins of one {@link JoinRooms}, which arrive in any order. Safe for use by any thread. */
public final class JoinResults {
    private final CompletableFuture<JoinRooms.Joined> all = new CompletableFuture<>();
    private final AtomicReferenceArray<Result> results;
    private final AtomicInteger missing;
    private final CatchUpReader pages;
    private final Publisher publisher;

    public JoinResults(int rooms, CatchUpReader pages, Publisher publisher) {
        this.results = new AtomicReferenceArray<>(rooms);
        this.missing = new AtomicInteger(rooms);
        this.pages = pages;
        this.publisher = publisher;
    }

    /** Returns a stage that completes once every room has its result. */
    public CompletionStage<JoinRooms.Joined> all() {
        return all;
    }

    /** Returns the receiver of the outcome for one entry of the list. */
    public PendingJoin.Outcome outcomeAt(int index, String conversationId, CommandContext context) {
        return new PendingJoin.Outcome() {
            @Override
            public void joined(JoinRoom.Joined joined) {
                set(index, new Result(conversationId, joined, null));
                context.events().forEach(publisher::publish);
            }

            @Override
            public void refused(ChatException refusal) {
                set(index, new Result(conversationId, null, refusal));
            }
        };
    }

    /** Sets the result of an entry that was refused before its join began. */
    public void refused(int index, Result refusal) {
        set(index, refusal);
    }

    private void set(int index, Result result) {
        results.set(index, result);
        if (missing.decrementAndGet() == 0) {
            all.complete(new JoinRooms.Joined(withinBudget()));
        }
    }

    /** Limits the size of all pages together to that of a single one. Later pages lose their messages. */
    private List<Result> withinBudget() {
        long[] weight = {0};
        return IntStream.range(0, results.length())
                .mapToObj(index -> limit(requireNonNull(results.get(index)), weight))
                .toList();
    }

    private Result limit(Result result, long[] weight) {
        JoinRoom.Joined joined = result.joined();
        if (joined == null
                || joined.missed() == null
                || joined.missed().messages().isEmpty()) {
            return result;
        }
        weight[0] += CatchUpReader.weight(joined.missed());
        return weight[0] <= pages.budgetBytes()
                ? result
                : new Result(result.conversationId(), withoutMessages(joined), null);
    }

    private static JoinRoom.Joined withoutMessages(JoinRoom.Joined joined) {
        CatchUp missed = requireNonNull(joined.missed());
        CatchUp empty = new CatchUp(missed.conversationId(), List.of(), missed.covered(), true, false);
        return new JoinRoom.Joined(
                joined.conversationId(),
                joined.epoch(),
                joined.position(),
                joined.readSeq(),
                joined.unreadFrom(),
                joined.online(),
                joined.large(),
                empty,
                joined.call());
    }
}

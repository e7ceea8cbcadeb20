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

/** Collects the outcomes of one command's joins, which arrive in any order; safe for use by any thread. */
public final class JoinResults {
    private final CompletableFuture<JoinRooms.Joined> all = new CompletableFuture<>();
    private final AtomicReferenceArray<Result> results;
    private final AtomicInteger left;
    private final CatchUpReader pages;
    private final Publisher publisher;

    public JoinResults(int rooms, CatchUpReader pages, Publisher publisher) {
        this.results = new AtomicReferenceArray<>(rooms);
        this.left = new AtomicInteger(rooms);
        this.pages = pages;
        this.publisher = publisher;
    }

    /** Returns a stage that completes once every room has its result. */
    public CompletionStage<JoinRooms.Joined> all() {
        return all;
    }

    /** Returns the outcome handler for the room at an index of the list. */
    public PendingJoin.Outcome at(int place, String conversationId, CommandContext call) {
        return new PendingJoin.Outcome() {
            @Override
            public void joined(JoinRoom.Joined joined) {
                note(place, new Result(conversationId, joined, null));
                call.publications().forEach(publisher::publish);
            }

            @Override
            public void refused(ChatException refusal) {
                note(place, new Result(conversationId, null, refusal));
            }
        };
    }

    /** Takes the result of an entry that was refused before its join began. */
    public void refused(int place, Result refusal) {
        note(place, refusal);
    }

    private void note(int place, Result result) {
        results.set(place, result);
        if (left.decrementAndGet() == 0) {
            all.complete(new JoinRooms.Joined(withinBudget()));
        }
    }

    /** Limits all pages together to the size of a single one. */
    private List<Result> withinBudget() {
        long[] weight = {0};
        return IntStream.range(0, results.length())
                .mapToObj(place -> lighten(requireNonNull(results.get(place)), weight))
                .toList();
    }

    private Result lighten(Result result, long[] weight) {
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
        CatchUp none = new CatchUp(missed.conversationId(), List.of(), missed.covered(), true, false);
        return new JoinRoom.Joined(
                joined.conversationId(), joined.epoch(), joined.position(), joined.readSeq(), joined.online(), none);
    }
}

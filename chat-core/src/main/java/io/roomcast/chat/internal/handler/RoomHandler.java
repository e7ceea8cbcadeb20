package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.NO_FIELDS;
import static io.roomcast.chat.internal.handler.CommandPlan.returning;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.internal.join.JoinResults;
import io.roomcast.chat.internal.join.PendingJoin;
import io.roomcast.chat.internal.join.PendingJoins;
import io.roomcast.chat.internal.room.CatchUpReader;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.RateLimitGuard;
import io.roomcast.chat.internal.session.RoomLeaver;
import io.roomcast.chat.model.ChatException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets sessions join and leave rooms. Joins start immediately and never block. */
final class RoomHandler {
    private final PendingJoins joins;
    private final RoomLeaver leaver;
    private final Rules rules;
    private final RateLimitGuard rates;
    private final CatchUpReader pages;
    private final Publisher publisher;

    RoomHandler(
            PendingJoins joins,
            RoomLeaver leaver,
            Rules rules,
            RateLimitGuard rates,
            CatchUpReader pages,
            Publisher publisher) {
        this.joins = joins;
        this.leaver = leaver;
        this.rules = rules;
        this.rates = rates;
        this.pages = pages;
        this.publisher = publisher;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans() {
        return List.of(
                CommandPlan.immediate(JoinRoom.class, rules.history()::join, this::join),
                CommandPlan.immediate(JoinRooms.class, rules.history()::joinAll, this::joinAll),
                CommandPlan.serial(LeaveRoom.class, NO_FIELDS, returning(this::leave)));
    }

    /** Joins a room. The stage completes in the conversation's order, once the session is in the room. */
    CompletionStage<JoinRoom.Joined> join(JoinRoom command, CommandContext context) {
        CompletableFuture<JoinRoom.Joined> outcome = new CompletableFuture<>();
        PendingJoin join = PendingJoin.requested(command, context, new PendingJoin.Outcome() {
            @Override
            public void joined(JoinRoom.Joined joined) {
                outcome.complete(joined);
            }

            @Override
            public void refused(ChatException refusal) {
                outcome.completeExceptionally(refusal);
            }
        });
        context.startLater(() -> joins.begin(List.of(join)));
        return outcome;
    }

    /** Joins several rooms. The stage completes when the last of them is joined or refused. */
    CompletionStage<JoinRooms.Joined> joinAll(JoinRooms command, CommandContext context) {
        JoinResults results = new JoinResults(command.size(), pages, publisher);
        List<PendingJoin> pending = new ArrayList<>(command.rooms().size());
        Iterator<JoinRoom> readable = command.rooms().iterator();
        for (int i = 0; i < command.size(); i++) {
            JoinRooms.Result refused = command.refused().get(i);
            if (refused != null) {
                results.refused(i, refused);
            } else {
                JoinRoom join = readable.next();
                CommandContext own = new CommandContext(context.session(), context.userId());
                pending.add(PendingJoin.requested(join, own, results.outcomeAt(i, join.conversationId(), own)));
            }
        }
        context.startLater(() -> joins.begin(permitted(pending)));
        return results.all();
    }

    /** Returns the valid joins that have a permit, and refuses the others. */
    private List<PendingJoin> permitted(List<PendingJoin> pending) {
        List<PendingJoin> permitted = new ArrayList<>(pending.size());
        for (PendingJoin join : pending) {
            try {
                rules.ids().conversationId(join.command().conversationId());
                rules.history().join(join.command());
                rates.acquire(join.context(), join.command());
                permitted.add(join);
            } catch (ChatException refusal) {
                join.outcome().refused(refusal);
            }
        }
        return permitted;
    }

    LeaveRoom.Left leave(LeaveRoom command, CommandContext context) {
        leaver.leave(command.conversationId(), context);
        return new LeaveRoom.Left(command.conversationId());
    }
}

package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.UserLeft;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.internal.join.JoinResults;
import io.roomcast.chat.internal.join.PendingJoin;
import io.roomcast.chat.internal.join.PendingJoins;
import io.roomcast.chat.internal.presence.TypingTracker;
import io.roomcast.chat.internal.presence.ViewingTracker;
import io.roomcast.chat.internal.room.Audience;
import io.roomcast.chat.internal.room.CatchUpReader;
import io.roomcast.chat.internal.room.JoinLeaveNotifier;
import io.roomcast.chat.internal.room.OutboundEvent;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.rule.CommandRules;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.RateLimitGuard;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Session;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Joining and leaving rooms. */
public final class RoomHandler {
    private final RoomRegistry rooms;
    private final TypingTracker typing;
    private final ViewingTracker viewing;
    private final JoinLeaveNotifier attendance;
    private final PendingJoins joins;
    private final CommandRules validator;
    private final RateLimitGuard rates;
    private final CatchUpReader pages;
    private final Publisher publisher;

    public RoomHandler(
            RoomRegistry rooms,
            TypingTracker typing,
            ViewingTracker viewing,
            JoinLeaveNotifier attendance,
            PendingJoins joins,
            CommandRules validator,
            RateLimitGuard rates,
            CatchUpReader pages,
            Publisher publisher) {
        this.rooms = rooms;
        this.typing = typing;
        this.viewing = viewing;
        this.attendance = attendance;
        this.joins = joins;
        this.validator = validator;
        this.rates = rates;
        this.pages = pages;
        this.publisher = publisher;
    }

    /** Joins a room. The stage completes in the conversation's order, once the session is in the room; never blocks. */
    CompletionStage<JoinRoom.Joined> join(JoinRoom command, CommandContext call) {
        CompletableFuture<JoinRoom.Joined> outcome = new CompletableFuture<>();
        PendingJoin join = PendingJoin.asked(command, call, new PendingJoin.Outcome() {
            @Override
            public void joined(JoinRoom.Joined joined) {
                outcome.complete(joined);
            }

            @Override
            public void refused(ChatException refusal) {
                outcome.completeExceptionally(refusal);
            }
        });
        call.onceAwaited(() -> joins.begin(List.of(join)));
        return outcome;
    }

    /** Joins several rooms. The stage completes when the last of them is joined or refused. */
    CompletionStage<JoinRooms.Joined> join(JoinRooms command, CommandContext call) {
        JoinResults results = new JoinResults(command.size(), pages, publisher);
        List<PendingJoin> pending = new ArrayList<>(command.rooms().size());
        Iterator<JoinRoom> wanted = command.rooms().iterator();
        for (int i = 0; i < command.size(); i++) {
            JoinRooms.Result refused = command.refused().get(i);
            if (refused != null) {
                results.refused(i, refused);
            } else {
                JoinRoom join = wanted.next();
                CommandContext own = new CommandContext(call.session(), call.userId());
                pending.add(PendingJoin.asked(join, own, results.at(i, join.conversationId(), own)));
            }
        }
        call.onceAwaited(() -> joins.begin(permitted(pending)));
        return results.all();
    }

    /** Returns the valid joins that have a permit, and refuses the others. */
    private List<PendingJoin> permitted(List<PendingJoin> pending) {
        List<PendingJoin> permitted = new ArrayList<>(pending.size());
        for (PendingJoin join : pending) {
            try {
                validator.validateFromClient(join.command());
                rates.pass(join.call(), join.command());
                permitted.add(join);
            } catch (ChatException refusal) {
                join.outcome().refused(refusal);
            }
        }
        return permitted;
    }

    LeaveRoom.Left leave(LeaveRoom command, CommandContext call) {
        String conversationId = command.conversationId();
        typing.stop(conversationId, call.session())
                .ifPresent(userId -> call.tellOthers(conversationId, new TypingStopped(conversationId, userId)));
        viewing.stop(conversationId, call.session())
                .ifPresent(userId -> call.tellOthers(conversationId, new ViewingStopped(conversationId, userId)));
        if (rooms.leave(conversationId, call.session())) {
            attendance
                    .leaveEvent(conversationId, call.session())
                    .ifPresent(event -> call.tellOthers(conversationId, event));
        }
        return new LeaveRoom.Left(conversationId);
    }

    /**
     * Puts all sessions of a user out of a room, as if they left; answers what they and the others are to be told. A session
     * that is not in the room may yet be typing there.
     */
    public List<OutboundEvent> evict(String conversationId, String userId) {
        joins.revoke(conversationId, userId);
        List<Session> members = rooms.sessionsIn(conversationId);
        List<Session> sessions = rooms.sessionsOf(userId);
        List<Session> evicted = sessions.stream().filter(members::contains).toList();
        List<OutboundEvent> told = new ArrayList<>();
        sessions.forEach(session -> told.addAll(left(conversationId, new CommandContext(session, userId))));
        if (!evicted.isEmpty()) {
            int online = rooms.online(conversationId);
            told.add(new OutboundEvent(new UserLeft(conversationId, userId, online), new Audience.Sessions(evicted)));
        }
        return told;
    }

    /** Removes one session from a room, as if it left. Returns the events for it and for the others. */
    public List<OutboundEvent> evict(String conversationId, Session session) {
        CommandContext call = new CommandContext(session, session.principal().userId());
        List<OutboundEvent> told = new ArrayList<>(left(conversationId, call));
        UserLeft left = new UserLeft(conversationId, JoinLeaveNotifier.nameOf(session), rooms.online(conversationId));
        told.add(new OutboundEvent(left, new Audience.Sessions(List.of(session))));
        return told;
    }

    private List<OutboundEvent> left(String conversationId, CommandContext call) {
        leave(new LeaveRoom(conversationId), call);
        return call.publications();
    }
}

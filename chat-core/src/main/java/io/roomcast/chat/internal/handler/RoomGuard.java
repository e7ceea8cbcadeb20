package io.roomcast.chat.internal.handler;

import io.roomcast.chat.internal.room.MemberCache;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.internal.session.Authorizer;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Puts those out of the room of a direct conversation or a group who are no members any more, or never were, unless the
 * access policy lets them in all the same.
 *
 * <p>A removal on this server puts the user out at once. This is for what else can happen: another server sharing the
 * store removed a member, or a group was made under an id whose room had sessions already. The members are compared with
 * the sessions before anything is sent to the room, and are at most {@link MembershipCache#LIFETIME} old. Called in the
 * conversation's order.
 */
public final class RoomGuard {
    private final RoomRegistry rooms;
    private final MembershipCache memberships;
    private final MemberCache rosters;
    private final Authorizer gate;
    private final RoomHandler handler;
    private final Publisher publisher;

    public RoomGuard(
            RoomRegistry rooms,
            MembershipCache memberships,
            MemberCache rosters,
            Authorizer gate,
            RoomHandler handler,
            Publisher publisher) {
        this.rooms = rooms;
        this.memberships = memberships;
        this.rosters = rosters;
        this.gate = gate;
        this.handler = handler;
        this.publisher = publisher;
    }

    /** Compares the room with the members, unless neither has changed since the last time; may block for the store. */
    public CompletionStage<?> check(String conversationId) {
        CompletionStage<?> checked = Authorizer.PERMITTED;
        if (rooms.size(conversationId) > 0 && !memberships.isOpen(conversationId)) {
            Map<String, Long> roster = rosters.readSeqs(conversationId);
            for (Session stranger : rooms.nonMembers(conversationId, roster)) {
                checked = checked.thenCompose(answer -> check(conversationId, stranger));
            }
        }
        return checked;
    }

    /** Asks the store again, as the members that are compared may be older than the membership. */
    private CompletionStage<?> check(String conversationId, Session stranger) {
        stranger.principal().knownUserId().ifPresent(userId -> memberships.invalidate(conversationId, List.of(userId)));
        return mayJoin(conversationId, stranger).thenApply(mayJoin -> {
            if (mayJoin) {
                rooms.admitGuest(conversationId, stranger);
            } else {
                handler.evict(conversationId, stranger).forEach(publisher::publish);
            }
            return mayJoin;
        });
    }

    private CompletionStage<Boolean> mayJoin(String conversationId, Session session) {
        return asked(conversationId, session).handle((permitted, failure) -> failure == null || mayJoin(failure));
    }

    private CompletionStage<?> asked(String conversationId, Session session) {
        try {
            CommandContext call =
                    new CommandContext(session, session.principal().userId());
            return gate.authorise(call, Action.JOIN, List.of(conversationId));
        } catch (ChatException refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }

    /**
     * Returns false, unless a port or the store was unavailable. That is no decision, so the failure is rethrown and
     * the caller's operation fails.
     */
    private static boolean mayJoin(Throwable failure) {
        ChatException refusal = ChatException.from(failure);
        if (refusal.code() == ErrorCode.STORAGE_UNAVAILABLE
                || refusal.code() == ErrorCode.UNAVAILABLE
                || refusal.code() == ErrorCode.TIMEOUT) {
            throw refusal;
        }
        return false;
    }
}

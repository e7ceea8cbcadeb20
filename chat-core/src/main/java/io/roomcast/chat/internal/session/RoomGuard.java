package io.roomcast.chat.internal.session;

import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.LaneTask;
import io.roomcast.chat.internal.execution.Waits;
import io.roomcast.chat.internal.room.MemberCache;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.room.Publisher;
import io.roomcast.chat.internal.room.RoomRegistry;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes sessions from the room of a direct conversation or a group if their users are not members, unless the access
 * policy still permits them to join.
 *
 * <p>A removal on this server takes effect immediately. The guard handles the other cases: another server that shares the
 * store has removed a member, or a group was created under an id whose room already had sessions. It compares the room
 * with members that are at most {@link MembershipCache#LIFE} old.
 */
public final class RoomGuard {
    private static final Logger log = LoggerFactory.getLogger(RoomGuard.class);

    private final RoomRegistry rooms;
    private final MembershipCache memberships;
    private final MemberCache members;
    private final Authorizer authorizer;
    private final RoomLeaver leaver;
    private final ConversationLanes lanes;
    private final Publisher publisher;

    RoomGuard(
            RoomRegistry rooms,
            MembershipCache memberships,
            MemberCache members,
            Authorizer authorizer,
            RoomLeaver leaver,
            ConversationLanes lanes,
            Publisher publisher) {
        this.rooms = rooms;
        this.memberships = memberships;
        this.members = members;
        this.authorizer = authorizer;
        this.leaver = leaver;
        this.lanes = lanes;
        this.publisher = publisher;
    }

    /**
     * Compares the room with the members, unless neither has changed since the last time. Called in the conversation's
     * order, before an event is sent to the room. May block for the store.
     *
     * @return completes when all sessions that must leave have left, and fails if the store or the policy is unavailable
     */
    public CompletionStage<?> check(String conversationId) {
        CompletionStage<?> checked = Authorizer.PERMITTED;
        if (rooms.size(conversationId) > 0 && !memberships.isOpen(conversationId)) {
            Map<String, Long> current = members.readSeqs(conversationId);
            for (Session nonMember : rooms.nonMembers(conversationId, current)) {
                checked = checked.thenCompose(done -> check(conversationId, nonMember));
            }
        }
        return checked;
    }

    /** Starts a check in the conversation's order, without waiting for its end. A failure is logged. */
    public void startCheck(String conversationId) {
        try {
            CompletionStage<?> ignored = check(conversationId);
        } catch (ChatException failure) {
            log.debug("did not compare the members of {} with its room", conversationId, failure);
        }
    }

    /** Schedules a check after the tasks that already wait for the conversation. Skips it if too many wait. */
    public void scheduleCheck(String conversationId) {
        try {
            lanes.executeSerially(
                    conversationId,
                    LaneTask.step(Waits.none(), () -> check(conversationId), failure -> Authorizer.PERMITTED));
        } catch (ChatException busy) {
            log.debug("did not compare the members of {} with its room", conversationId, busy);
        }
    }

    /** Asks the store again, as the cached members may be older than the membership. */
    private CompletionStage<?> check(String conversationId, Session nonMember) {
        nonMember
                .principal()
                .knownUserId()
                .ifPresent(userId -> memberships.invalidate(conversationId, List.of(userId)));
        return mayJoin(conversationId, nonMember).thenApply(mayJoin -> {
            if (mayJoin) {
                rooms.admitGuest(conversationId, nonMember);
            } else {
                leaver.evict(conversationId, nonMember).forEach(publisher::publish);
            }
            return mayJoin;
        });
    }

    private CompletionStage<Boolean> mayJoin(String conversationId, Session session) {
        return authorize(conversationId, session).handle((permitted, failure) -> failure == null || mayJoin(failure));
    }

    private CompletionStage<?> authorize(String conversationId, Session session) {
        try {
            CommandContext context =
                    new CommandContext(session, session.principal().userId());
            return authorizer.authorize(context, Action.JOIN, List.of(conversationId));
        } catch (ChatException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    /**
     * Returns false, unless the policy or the store was unavailable. That is no decision, so the failure is rethrown and
     * the caller's operation fails.
     */
    private static boolean mayJoin(Throwable failure) {
        Authorizer.requireDecision(ChatException.from(failure));
        return false;
    }
}

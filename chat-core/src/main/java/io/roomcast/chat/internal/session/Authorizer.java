package io.roomcast.chat.internal.session;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Claim;
import io.roomcast.chat.internal.port.IsolatedPort;
import io.roomcast.chat.internal.room.HostSession;
import io.roomcast.chat.internal.rule.CommandRules;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AccessPolicy.Membership;
import io.roomcast.chat.spi.AccessRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decides in whose name a command is carried out, and whether it may be. */
public final class Authorizer {
    /** The answer to what is permitted without asking anybody who might block. */
    public static final CompletionStage<?> PERMITTED = CompletableFuture.completedStage(true);

    private final CommandRules validator;
    private final AccessPolicy policy;
    private final IsolatedPort port;
    private final Membership membership;

    /**
     * A gate.
     *
     * @param port calls the policy, unless it is one of our own, which is as fast as a look into a map
     */
    public Authorizer(CommandRules validator, AccessPolicy policy, IsolatedPort port, Membership membership) {
        this.validator = validator;
        this.policy = policy;
        this.port = port;
        this.membership = membership;
    }

    /**
     * The call of a session; never blocks.
     *
     * <p>The principal is the author; only where it is nobody in particular is the payload believed.
     */
    public CommandContext identify(Session session, Command<?> command) {
        Optional<Claim> claim = command.claim();
        String known = session.principal().userId();
        if (known != null) {
            return new CommandContext(session, owned(known, claim));
        }
        return new CommandContext(session, claim.map(this::believed).orElse(null));
    }

    private static String owned(String known, Optional<Claim> claim) {
        String claimed = claim.map(Claim::userId).orElse(known);
        if (!claimed.isEmpty() && !claimed.equals(known)) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
        return known;
    }

    private String believed(Claim claim) {
        String userId = claim.userId();
        if (userId == null || userId.isEmpty()) {
            throw ChatException.missing(claim.field());
        }
        validator.userId(userId, claim.field());
        return userId;
    }

    /**
     * Refuses a call that is the host's alone, or that the policy does not permit; the stage fails then. Blocks for the store
     * where the policy is our own.
     */
    public CompletionStage<?> authorise(CommandContext call, Command<?> command) {
        Optional<Action> action = command.action();
        if (action.isEmpty() || call.session() instanceof HostSession) {
            return PERMITTED;
        }
        return authorise(call, action.get(), List.of(command.conversationId()));
    }

    /**
     * Refuses an action that the policy does not permit in one of the conversations; the stage fails then. If several
     * were asked for, the refusal names the index among the command's items.
     */
    public CompletionStage<?> authorise(CommandContext call, Action action, List<String> conversationIds) {
        if (isOurOwn()) {
            return requireAll(call, action, conversationIds);
        }
        String key = String.join(" ", conversationIds);
        return port.call(key, () -> requireAll(call, action, conversationIds));
    }

    private boolean isOurOwn() {
        return policy == AccessPolicy.openRooms() || policy == AccessPolicy.membersOnly();
    }

    private CompletionStage<?> requireAll(CommandContext call, Action action, List<String> conversationIds) {
        for (int i = 0; i < conversationIds.size(); i++) {
            AccessRequest request =
                    new AccessRequest(call.session().principal(), call.userId(), action, conversationIds.get(i));
            if (!policy.permits(request, membership)) {
                ChatException refusal = ChatException.of(ErrorCode.FORBIDDEN);
                throw conversationIds.size() == 1 ? refusal : refusal.inEntry("items", i);
            }
        }
        return PERMITTED;
    }
}

package io.roomcast.chat.internal.session;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Claim;
import io.roomcast.chat.internal.port.IsolatedPort;
import io.roomcast.chat.internal.rule.IdRules;
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

/** Determines the author of a command, and asks the access policy whether the author may run it. */
public final class Authorizer {
    /** The result for a command that is permitted without a call of the host's policy. */
    public static final CompletionStage<?> PERMITTED = CompletableFuture.completedFuture(true);

    private final IdRules ids;
    private final AccessPolicy policy;
    private final IsolatedPort port;
    private final Membership membership;

    /**
     * Creates an authorizer.
     *
     * @param port calls the host's policy; a built-in policy is called directly
     */
    Authorizer(IdRules ids, AccessPolicy policy, IsolatedPort port, Membership membership) {
        this.ids = ids;
        this.policy = policy;
        this.port = port;
        this.membership = membership;
    }

    /**
     * Returns the context in which the session's command runs; never blocks.
     *
     * <p>The principal is the author. If the session is anonymous, the author is the user that the payload names.
     *
     * @throws ChatException {@link ErrorCode#FORBIDDEN} if the payload names another user than the principal
     */
    public CommandContext identify(Session session, Command<?> command) {
        Optional<Claim> claim = command.claim();
        String userId = session.principal().userId();
        return userId == null
                ? new CommandContext(session, claim.map(this::claimedUserId).orElse(null))
                : new CommandContext(session, requireSame(userId, claim));
    }

    private static String requireSame(String userId, Optional<Claim> claim) {
        String claimed = claim.map(Claim::userId).orElse(userId);
        if (!claimed.isEmpty() && !claimed.equals(userId)) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
        return userId;
    }

    private String claimedUserId(Claim claim) {
        String userId = claim.userId();
        if (userId == null || userId.isEmpty()) {
            throw ChatException.missing(claim.field());
        }
        ids.userId(userId, claim.field());
        return userId;
    }

    /**
     * Asks whether the command's author may run it. Permits every command of the host, and every command without an
     * {@linkplain Command#action() action}. Blocks for the store if the policy is built in.
     *
     * @return fails with {@link ErrorCode#FORBIDDEN} if the policy refuses
     */
    public CompletionStage<?> authorize(CommandContext context, Command<?> command) {
        Optional<Action> action = command.action();
        return action.isEmpty() || context.isHost()
                ? PERMITTED
                : authorize(context, action.get(), List.of(command.conversationId()));
    }

    /**
     * Asks whether the author may act in all of the conversations. If there are several, the refusal names the index
     * among the command's items.
     */
    public CompletionStage<?> authorize(CommandContext context, Action action, List<String> conversationIds) {
        if (isBuiltIn()) {
            return requireAll(context, action, conversationIds);
        }
        String key = String.join(" ", conversationIds);
        return port.call(key, () -> requireAll(context, action, conversationIds));
    }

    private boolean isBuiltIn() {
        return policy == AccessPolicy.openRooms() || policy == AccessPolicy.membersOnly();
    }

    private CompletionStage<?> requireAll(CommandContext context, Action action, List<String> conversationIds) {
        for (int i = 0; i < conversationIds.size(); i++) {
            AccessRequest request =
                    new AccessRequest(context.session().principal(), context.userId(), action, conversationIds.get(i));
            if (!policy.permits(request, membership)) {
                ChatException refusal = ChatException.of(ErrorCode.FORBIDDEN);
                throw conversationIds.size() == 1 ? refusal : refusal.inEntry("items", i);
            }
        }
        return PERMITTED;
    }
}

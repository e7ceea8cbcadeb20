package io.roomcast.chat.internal.session;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Claim;
import io.roomcast.chat.internal.port.IsolatedPort;
import io.roomcast.chat.internal.room.MembershipCache;
import io.roomcast.chat.internal.rule.IdRules;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AccessRequest;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Determines the author of a command, and asks the access policy whether the author may run it. */
public final class Authorizer {
    /** The result for a command that is permitted without a call of the host's policy. */
    public static final CompletionStage<?> PERMITTED = CompletableFuture.completedFuture(true);

    /** The lowest HTTP status of a failure that is not the user's. */
    private static final int SERVER_FAILURE = 500;

    private final IdRules ids;
    private final AccessPolicy policy;
    private final IsolatedPort port;
    private final MembershipCache memberships;
    private final MemberPermissions permissions;

    /**
     * Creates an authorizer.
     *
     * @param port calls the host's policy; a built-in policy is called directly
     */
    Authorizer(
            IdRules ids,
            AccessPolicy policy,
            IsolatedPort port,
            MembershipCache memberships,
            MemberPermissions permissions) {
        this.ids = ids;
        this.policy = policy;
        this.port = port;
        this.memberships = memberships;
        this.permissions = permissions;
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
     * Asks whether the command's author may run it: the policy, and then the author's role. Permits every command without
     * an {@linkplain Command#action() action}, and every other command of the host unless the conversation was deleted.
     * May block for the store.
     *
     * @return fails with {@link ErrorCode#FORBIDDEN} if the policy or the role refuses
     * @throws ChatException {@link ErrorCode#CONVERSATION_NOT_FOUND} if the conversation was deleted
     */
    public CompletionStage<?> authorize(CommandContext context, Command<?> command) {
        Optional<Action> action = command.action();
        if (action.isEmpty()) {
            return PERMITTED;
        }
        String conversationId = command.conversationId();
        // Looks the role up now, as the policy may answer on a thread that must not block.
        boolean hasRole = command.permission()
                .map(wanted -> permissions.permits(context, conversationId, wanted))
                .orElse(true);
        CompletionStage<?> permitted = authorize(context, action.get(), List.of(conversationId));
        return hasRole ? permitted : permitted.thenCompose(done -> CompletableFuture.failedFuture(forbidden()));
    }

    /** A deleted conversation is open to no user, whatever the policy says of its id. */
    private void requireExisting(String conversationId) {
        if (memberships.isDeleted(conversationId)) {
            throw ChatException.of(ErrorCode.CONVERSATION_NOT_FOUND);
        }
    }

    private static ChatException forbidden() {
        return ChatException.of(ErrorCode.FORBIDDEN);
    }

    /**
     * Returns those of the permissions whose actions the policy permits. Blocks for the store if the policy is built in.
     *
     * @return fails if the policy or the store is unavailable
     */
    public CompletionStage<Set<Permission>> permitted(
            CommandContext context, String conversationId, Set<Permission> wanted) {
        if (context.isHost()) {
            return CompletableFuture.completedFuture(wanted);
        }
        return isBuiltIn()
                ? CompletableFuture.completedFuture(permittedNow(context, conversationId, wanted))
                : port.call(conversationId, () -> permittedNow(context, conversationId, wanted));
    }

    private Set<Permission> permittedNow(CommandContext context, String conversationId, Set<Permission> wanted) {
        Map<Action, Boolean> answers = new EnumMap<>(Action.class);
        Set<Permission> permitted = EnumSet.noneOf(Permission.class);
        for (Permission permission : wanted) {
            if (answers.computeIfAbsent(permission.action(), action -> permits(context, action, conversationId))) {
                permitted.add(permission);
            }
        }
        return permitted;
    }

    /** Takes a refusal by an exception as an answer, too. */
    private boolean permits(CommandContext context, Action action, String conversationId) {
        try {
            return policy.permits(request(context, action, conversationId), memberships);
        } catch (ChatException refusal) {
            requireDecision(refusal);
            return false;
        }
    }

    /** Rethrows the failure if the policy or the store was unavailable, as that is no decision. */
    static void requireDecision(ChatException refusal) {
        if (refusal.code() == ErrorCode.STORAGE_UNAVAILABLE
                || refusal.code() == ErrorCode.UNAVAILABLE
                || refusal.code() == ErrorCode.TIMEOUT) {
            throw refusal;
        }
    }

    /**
     * Asks whether the author may act in all of the conversations; the host may, unless one was deleted. If there are
     * several, the refusal names the index among the command's items.
     */
    public CompletionStage<?> authorize(CommandContext context, Action action, List<String> conversationIds) {
        if (context.isHost()) {
            conversationIds.forEach(this::requireExisting);
            return PERMITTED;
        }
        if (isBuiltIn()) {
            return requireAll(context, action, conversationIds);
        }
        String key = String.join(" ", conversationIds);
        return port.call(key, () -> requireAll(context, action, conversationIds));
    }

    /**
     * Returns whether a user, who may not be connected, may read a conversation. The policy is asked with a principal that
     * has the user's id alone. Blocks.
     *
     * @throws ChatException if the policy or the store has not decided
     */
    public boolean mayRead(String userId, String conversationId) {
        AccessRequest request = new AccessRequest(Principal.of(userId), userId, Action.READ, conversationId);
        try {
            return !memberships.isDeleted(conversationId)
                    && (isBuiltIn()
                            ? policy.permits(request, memberships)
                            : port.call(conversationId, () -> policy.permits(request, memberships))
                                    .toCompletableFuture()
                                    .join());
        } catch (CompletionException | ChatException failure) {
            ChatException refusal = ChatException.from(failure);
            if (refusal.code().httpStatus() >= SERVER_FAILURE || refusal.code().retryable()) {
                throw refusal;
            }
            return false;
        }
    }

    private boolean isBuiltIn() {
        return policy == AccessPolicy.openRooms() || policy == AccessPolicy.membersOnly();
    }

    private CompletionStage<?> requireAll(CommandContext context, Action action, List<String> conversationIds) {
        for (int i = 0; i < conversationIds.size(); i++) {
            try {
                require(context, action, conversationIds.get(i));
            } catch (ChatException refusal) {
                throw conversationIds.size() == 1 ? refusal : refusal.inEntry("items", i);
            }
        }
        return PERMITTED;
    }

    private void require(CommandContext context, Action action, String conversationId) {
        requireExisting(conversationId);
        if (!policy.permits(request(context, action, conversationId), memberships)) {
            throw forbidden();
        }
    }

    private static AccessRequest request(CommandContext context, Action action, String conversationId) {
        return new AccessRequest(context.session().principal(), context.userId(), action, conversationId);
    }
}

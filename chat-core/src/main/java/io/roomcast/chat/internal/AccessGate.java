package io.roomcast.chat.internal;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.Command.Claim;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Session;
import io.roomcast.chat.spi.AccessPolicy;
import io.roomcast.chat.spi.AccessPolicy.Membership;
import io.roomcast.chat.spi.AccessRequest;
import java.util.Optional;

/** Decides in whose name a command is carried out, and whether it may be. */
final class AccessGate {
    private final CommandValidator validator;
    private final AccessPolicy policy;
    private final Membership membership;

    AccessGate(CommandValidator validator, AccessPolicy policy, Membership membership) {
        this.validator = validator;
        this.policy = policy;
        this.membership = membership;
    }

    /**
     * The call of a session; never blocks.
     *
     * <p>The principal is the author; only where it is nobody in particular is the payload believed.
     */
    Call identify(Session session, Command<?> command) {
        Optional<Claim> claim = command.claim();
        String known = session.principal().userId();
        if (known != null) {
            return new Call(session, owned(known, claim));
        }
        return new Call(session, claim.map(this::believed).orElse(null));
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

    /** Refuses a call that is the host's alone, or that the host's policy does not permit; may block. */
    void authorise(Call call, Command<?> command) {
        Optional<Action> action = command.action();
        if (action.isEmpty() || call.session() instanceof HostSession) {
            return;
        }
        if (command instanceof SendMessage send && !send.type().fromClients()) {
            throw ChatException.invalid("type");
        }
        authorise(call, action.get(), command.conversationId());
    }

    /** Refuses what the host's policy does not permit in one conversation; may block. */
    void authorise(Call call, Action action, String conversationId) {
        AccessRequest request = new AccessRequest(call.session().principal(), call.userId(), action, conversationId);
        if (!policy.permits(request, membership)) {
            throw ChatException.of(ErrorCode.FORBIDDEN);
        }
    }
}

package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.internal.session.Authentication;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.SessionLifecycle;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Replaces the token of a session before it expires. */
final class TokenHandler {
    private final Authentication authentication;
    private final SessionLifecycle sessions;

    TokenHandler(Authentication authentication, SessionLifecycle sessions) {
        this.authentication = authentication;
        this.sessions = sessions;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans() {
        return List.of(CommandPlan.concurrent(RefreshToken.class, TokenHandler::requireToken, this::refresh));
    }

    private static void requireToken(RefreshToken command) {
        if (command.token().isEmpty()) {
            throw ChatException.missing("token");
        }
    }

    /** Authenticates the new token. The session keeps its principal, and takes only the new expiry. */
    CompletionStage<RefreshToken.Refreshed> refresh(RefreshToken command, CommandContext context) {
        String userId = context.requireUser();
        return authentication.refresh(command.token()).thenApply(principal -> renew(principal, userId, context));
    }

    private RefreshToken.Refreshed renew(Principal principal, String userId, CommandContext context) {
        if (!userId.equals(principal.userId())) {
            throw ChatException.of(ErrorCode.USER_MISMATCH);
        }
        sessions.renew(context.session(), principal.expiresAt());
        return new RefreshToken.Refreshed(principal.expiresAt());
    }
}

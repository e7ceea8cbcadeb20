package io.roomcast.chat.internal.handler;

import io.roomcast.chat.command.RefreshToken;
import io.roomcast.chat.internal.session.Authentication;
import io.roomcast.chat.internal.session.CommandContext;
import io.roomcast.chat.internal.session.SessionLifecycle;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import java.util.concurrent.CompletionStage;

/** Proving anew who a session is. */
public final class TokenHandler {
    private final Authentication authentication;
    private final SessionLifecycle sessions;

    public TokenHandler(Authentication authentication, SessionLifecycle sessions) {
        this.authentication = authentication;
        this.sessions = sessions;
    }

    /** Nothing of the new principal counts but who it is and until when. */
    CompletionStage<RefreshToken.Refreshed> refresh(RefreshToken command, CommandContext call) {
        if (call.userId() == null) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return authentication.refresh(command.token()).thenApply(owner -> renew(owner, call));
    }

    private RefreshToken.Refreshed renew(Principal owner, CommandContext call) {
        if (!call.user().equals(owner.userId())) {
            throw ChatException.of(ErrorCode.USER_MISMATCH);
        }
        sessions.renew(call.session(), owner.expiresAt());
        return new RefreshToken.Refreshed(owner.expiresAt());
    }
}

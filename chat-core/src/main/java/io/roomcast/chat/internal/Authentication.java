package io.roomcast.chat.internal;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.spi.Authenticator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the host's authenticator, off the caller's thread and within the time of a command. */
final class Authentication {
    private static final Logger log = LoggerFactory.getLogger(Authentication.class);

    @Nullable
    private final Authenticator authenticator;

    private final CommandValidator validator;
    private final ConversationLanes lanes;
    private final Deadlines deadlines;

    Authentication(
            @Nullable Authenticator authenticator,
            CommandValidator validator,
            ConversationLanes lanes,
            Deadlines deadlines) {
        this.authenticator = authenticator;
        this.validator = validator;
        this.lanes = lanes;
        this.deadlines = deadlines;
    }

    /** Answers whose token it is; without an authenticator everybody is anonymous. Never blocks. */
    void run(@Nullable String token, Reply<Principal> reply) {
        if (authenticator == null) {
            reply.succeeded(Principal.anonymous());
        } else if (token == null || token.isEmpty()) {
            reply.failed(ChatException.of(ErrorCode.UNAUTHENTICATED));
        } else {
            ask(authenticator, token, deadlines.track(reply));
        }
    }

    private void ask(Authenticator host, String token, Reply<Principal> reply) {
        try {
            lanes.anyTime(() -> answer(host, token, reply));
        } catch (ChatException busy) {
            reply.failed(busy);
        }
    }

    /** The failure's text is not logged: it may hold the token. */
    private void answer(Authenticator host, String token, Reply<Principal> reply) {
        try {
            reply.succeeded(checked(host.authenticate(token)));
        } catch (Throwable failure) {
            ChatException refusal = ChatException.from(failure);
            if (refusal.code() == ErrorCode.INTERNAL_ERROR) {
                log.error("the authenticator failed with {}", failure.getClass().getName());
            }
            reply.failed(refusal);
        }
    }

    private Principal checked(Principal principal) {
        String userId = principal.userId();
        if (userId == null) {
            throw new IllegalStateException("the authenticator answered a principal without a user");
        }
        validator.userId(userId, "userId");
        return principal;
    }
}

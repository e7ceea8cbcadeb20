package io.roomcast.chat.internal;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.spi.Authenticator;
import java.time.Clock;
import java.time.Instant;
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
    private final Clock clock;

    Authentication(
            @Nullable Authenticator authenticator,
            CommandValidator validator,
            ConversationLanes lanes,
            Deadlines deadlines,
            Clock clock) {
        this.authenticator = authenticator;
        this.validator = validator;
        this.lanes = lanes;
        this.deadlines = deadlines;
        this.clock = clock;
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

    private void answer(Authenticator host, String token, Reply<Principal> reply) {
        try {
            reply.succeeded(ownerOf(host, token));
        } catch (ChatException refusal) {
            reply.failed(refusal);
        }
    }

    /**
     * Whose token it is; blocks for the authenticator, and takes as long as it does.
     *
     * @throws ChatException if there is no authenticator, or it refuses
     */
    Principal ownerOf(String token) {
        if (authenticator == null) {
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        return ownerOf(authenticator, token);
    }

    /** The failure's text is neither logged nor passed on: it may hold the token. */
    private Principal ownerOf(Authenticator host, String token) {
        try {
            return checked(host.authenticate(token));
        } catch (Throwable failure) {
            ChatException refusal = ChatException.from(failure);
            if (refusal.code() == ErrorCode.INTERNAL_ERROR) {
                String kind = failure.getClass().getName();
                log.error("the authenticator failed with {}", kind);
                throw ChatException.of(ErrorCode.INTERNAL_ERROR, new IllegalStateException(kind));
            }
            throw refusal;
        }
    }

    private Principal checked(Principal principal) {
        String userId = principal.userId();
        if (userId == null) {
            throw new IllegalStateException("the authenticator answered a principal without a user");
        }
        validator.userId(userId, "userId");
        Instant expiresAt = principal.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw ChatException.of(ErrorCode.TOKEN_EXPIRED);
        }
        return principal;
    }
}

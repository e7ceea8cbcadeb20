package io.roomcast.chat.internal.session;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.ReplyTimeouts;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.internal.port.IsolatedPort;
import io.roomcast.chat.internal.port.Ports;
import io.roomcast.chat.internal.rule.CommandRules;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.ServiceUnavailableException;
import io.roomcast.chat.spi.Authenticator;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks the host's authenticator, on threads that run no commands; never blocks the caller. */
public final class Authentication {
    /** The last instant that clients can read; what ends later has no end. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    @Nullable
    private final Authenticator authenticator;

    private final CommandRules validator;
    private final Ports ports;
    private final RecentRevocations admissions;
    private final ConversationLanes lanes;
    private final ReplyTimeouts deadlines;
    private final Clock clock;

    public Authentication(
            @Nullable Authenticator authenticator,
            CommandRules validator,
            Ports ports,
            RecentRevocations admissions,
            ConversationLanes lanes,
            ReplyTimeouts deadlines,
            Clock clock) {
        this.authenticator = authenticator;
        this.validator = validator;
        this.ports = ports;
        this.admissions = admissions;
        this.lanes = lanes;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** Authenticates a token. Without an authenticator every user is anonymous. */
    public void run(@Nullable String token, Reply<Principal> reply) {
        if (authenticator == null) {
            reply.succeeded(Principal.anonymous());
        } else if (token == null || token.isEmpty()) {
            reply.failed(ChatException.of(ErrorCode.UNAUTHENTICATED));
        } else if (lanes.isClosed()) {
            reply.failed(ChatException.of(ErrorCode.SERVER_DRAINING));
        } else {
            answer(ask(authenticator, token, ports.authenticator()), deadlines.track(reply));
        }
    }

    private static void answer(CompletionStage<Principal> outcome, Reply<Principal> reply) {
        outcome.whenComplete((principal, failure) -> {
            if (failure == null) {
                reply.succeeded(principal);
            } else {
                reply.failed(ChatException.from(failure));
            }
        });
    }

    /** Authenticates a new token of a connected user. Fails without an authenticator. */
    public CompletionStage<Principal> refresh(String token) {
        return authenticator == null
                ? CompletableFuture.failedStage(ChatException.of(ErrorCode.UNAUTHENTICATED))
                : ask(authenticator, token, ports.refresh());
    }

    private CompletionStage<Principal> ask(Authenticator host, String token, IsolatedPort port) {
        long begun = admissions.begin();
        return port.call(null, () -> admissions.admit(checked(ownerOf(host, token, port), port), begun));
    }

    private static @Nullable Principal ownerOf(Authenticator host, String token, IsolatedPort port) {
        try {
            return host.authenticate(token);
        } catch (StackOverflowError deep) {
            throw refused(port, deep);
        } catch (ChatException | ServiceUnavailableException | VirtualMachineError | LinkageError failure) {
            throw failure;
        } catch (Throwable refusal) {
            throw refused(port, refusal);
        }
    }

    private static ChatException refused(IsolatedPort port, Throwable refusal) {
        port.port().mention("did not accept a token: " + HostPort.describe(refusal));
        return ChatException.of(ErrorCode.UNAUTHENTICATED);
    }

    private Principal checked(@Nullable Principal principal, IsolatedPort port) {
        String userId = principal == null ? null : principal.userId();
        if (principal == null || userId == null || !isAllowed(userId)) {
            port.port().note("returned no principal with a valid user id");
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        Instant expiresAt = principal.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw ChatException.of(ErrorCode.TOKEN_EXPIRED);
        }
        return expiresAt != null && expiresAt.isAfter(LAST)
                ? new Principal(userId, principal.attributes(), null)
                : principal;
    }

    private boolean isAllowed(String userId) {
        try {
            validator.userId(userId, "userId");
            return true;
        } catch (ChatException malformed) {
            return false;
        }
    }
}

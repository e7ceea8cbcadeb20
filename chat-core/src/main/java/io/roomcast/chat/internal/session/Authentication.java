package io.roomcast.chat.internal.session;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.internal.execution.ConversationLanes;
import io.roomcast.chat.internal.execution.ReplyTimeouts;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.internal.port.IsolatedPort;
import io.roomcast.chat.internal.port.Ports;
import io.roomcast.chat.internal.rule.IdRules;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.ServiceUnavailableException;
import io.roomcast.chat.spi.Authenticator;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates tokens with the host's authenticator, on threads that run no commands. Safe for use by any thread; never
 * blocks.
 */
public final class Authentication {
    private static final Logger log = LoggerFactory.getLogger(Authentication.class);

    /** The latest expiry that a client can parse. A later one counts as none. */
    private static final Instant MAX_EXPIRY = Instant.parse("9999-12-31T23:59:59.999Z");

    /** The maximum number of services of which each is logged. */
    private static final int MAX_LOGGED = 100;

    private final Set<String> services = ConcurrentHashMap.newKeySet();

    @Nullable
    private final Authenticator authenticator;

    private final IdRules ids;
    private final Ports ports;
    private final RecentRevocations revocations;
    private final ConversationLanes lanes;
    private final ReplyTimeouts timeouts;
    private final Clock clock;

    Authentication(
            @Nullable Authenticator authenticator,
            IdRules ids,
            Ports ports,
            RecentRevocations revocations,
            ConversationLanes lanes,
            ReplyTimeouts timeouts,
            Clock clock) {
        this.authenticator = authenticator;
        this.ids = ids;
        this.ports = ports;
        this.revocations = revocations;
        this.lanes = lanes;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /**
     * Authenticates the token of a new connection. Without an authenticator every user is anonymous.
     *
     * @param token the token, or null or empty if the client sent none
     */
    public void authenticate(@Nullable String token, Reply<Principal> reply) {
        if (authenticator == null) {
            reply.succeeded(Principal.anonymous());
        } else if (token == null || token.isEmpty()) {
            reply.failed(ChatException.of(ErrorCode.UNAUTHENTICATED));
        } else if (lanes.isClosed()) {
            reply.failed(ChatException.of(ErrorCode.SERVER_DRAINING));
        } else {
            complete(timeouts.track(reply), call(authenticator, token, ports.authenticator()));
        }
    }

    private static void complete(Reply<Principal> reply, CompletionStage<Principal> outcome) {
        outcome.whenComplete((principal, failure) -> {
            if (failure == null) {
                log.debug("authenticated user {}", principal.userId());
                reply.succeeded(principal);
            } else {
                ChatException refusal = ChatException.from(failure);
                log.debug("refused a token: {}", refusal.code());
                reply.failed(refusal);
            }
        });
    }

    /** Authenticates a new token of a connected user. Fails without an authenticator. */
    public CompletionStage<Principal> refresh(String token) {
        return authenticator == null
                ? CompletableFuture.failedFuture(ChatException.of(ErrorCode.UNAUTHENTICATED))
                : call(authenticator, token, ports.refresh());
    }

    private CompletionStage<Principal> call(Authenticator host, String token, IsolatedPort port) {
        long startedAt = revocations.startAuthentication();
        return port.call(null, () -> revocations.admit(validated(principalOf(host, token, port), port), startedAt));
    }

    private static @Nullable Principal principalOf(Authenticator host, String token, IsolatedPort port) {
        try {
            return host.authenticate(token);
        } catch (StackOverflowError tooDeep) {
            throw rejected(port, tooDeep);
        } catch (ChatException | ServiceUnavailableException | VirtualMachineError | LinkageError failure) {
            throw failure;
        } catch (Throwable refusal) {
            throw rejected(port, refusal);
        }
    }

    private static ChatException rejected(IsolatedPort port, Throwable refusal) {
        port.port().info("did not accept a token: " + HostPort.describe(refusal));
        return ChatException.of(ErrorCode.UNAUTHENTICATED);
    }

    private Principal validated(@Nullable Principal principal, IsolatedPort port) {
        if (principal == null || !(principal.isService() ? isTrusted(principal, port) : isValid(principal.userId()))) {
            port.port().warn("returned no principal with a valid user id");
            throw ChatException.of(ErrorCode.UNAUTHENTICATED);
        }
        Instant expiresAt = principal.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw ChatException.of(ErrorCode.TOKEN_EXPIRED);
        }
        return expiresAt != null && expiresAt.isAfter(MAX_EXPIRY)
                ? new Principal(principal.userId(), principal.attributes(), null, principal.service())
                : principal;
    }

    /** Returns whether a service is authenticated by evidence. Logs each service once. */
    private boolean isTrusted(Principal service, IsolatedPort port) {
        String name = requireNonNull(service.service());
        if (authenticator == null || !authenticator.verifies()) {
            port.port().warn("returned a service, although it does not verify clients");
            return false;
        }
        if (services.size() < MAX_LOGGED && services.add(name)) {
            log.info("admitted the service {}, which may do what the host may", name);
        }
        return true;
    }

    private boolean isValid(@Nullable String userId) {
        if (userId == null) {
            return false;
        }
        try {
            ids.userId(userId, "userId");
            return true;
        } catch (ChatException invalid) {
            return false;
        }
    }
}

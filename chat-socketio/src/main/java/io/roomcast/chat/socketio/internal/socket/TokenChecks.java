package io.roomcast.chat.socketio.internal.socket;

import io.roomcast.chat.ChatEngine;
import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.internal.channel.KeyedRateLimiter;
import io.roomcast.chat.socketio.internal.channel.LogThrottle;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks tokens, with limits on the number of concurrent checks and on the rejected tokens of each network address.
 * Safe for use by any thread; never blocks.
 *
 * <p>A token under check counts as rejected until it is accepted. An address without budget is refused with {@link
 * ErrorCode#RATE_LIMITED} before the check. Only recently accepted tokens are exempt.
 */
public final class TokenChecks {
    private static final Logger log = LoggerFactory.getLogger(TokenChecks.class);
    private static final int ADDRESS_BURST = 200;
    private static final int ADDRESS_PER_SECOND = 20;
    private static final int SHARED_BURST = 400;
    private static final int SHARED_PER_SECOND = 100;
    private static final int MAX_KNOWN = 10_000;

    private final KeyedRateLimiter<String> budget =
            new KeyedRateLimiter<>(ADDRESS_BURST, ADDRESS_PER_SECOND, System::nanoTime);
    private final KeyedRateLimiter<String> shared =
            new KeyedRateLimiter<>(SHARED_BURST, SHARED_PER_SECOND, System::nanoTime);
    private final LogThrottle throttle = new LogThrottle();
    private final Set<String> known = Collections.synchronizedSet(Collections.newSetFromMap(new RecentlyUsed()));
    private final RefusedTokens refusedTokens = new RefusedTokens();
    private final ChatEngine chat;
    private final boolean limitsShared;

    private TokenChecks(ChatEngine chat, boolean limitsShared) {
        this.chat = chat;
        this.limitsShared = limitsShared;
    }

    /** Creates the checks for sockets, which keep their session. Does not limit this machine and trusted proxies. */
    public static TokenChecks ofSockets(ChatEngine chat) {
        return new TokenChecks(chat, false);
    }

    /**
     * Creates the checks for HTTP requests, each of which has a token of its own. This machine and trusted proxies share a
     * large budget.
     */
    public static TokenChecks ofRequests(ChatEngine chat) {
        return new TokenChecks(chat, true);
    }

    /**
     * Authenticates a token, as {@link ChatEngine#authenticate} does.
     *
     * @param client the network address, or "" if it stands for many clients
     * @param address the address that the log names
     */
    public void check(String client, String address, @Nullable String token, Reply<Principal> reply) {
        if (token == null || token.isEmpty()) {
            chat.authenticate(token, reply);
        } else {
            check(client, token, refusedTokens.logging(address, reply));
        }
    }

    private void check(String client, String token, Reply<Principal> reply) {
        KeyedRateLimiter<String> limit = client.isEmpty() ? shared : budget;
        if (client.isEmpty() && !limitsShared) {
            chat.authenticate(token, reply);
            return;
        }
        long wait = limit.acquire(client);
        if (wait == 0) {
            chat.authenticate(token, new Counted(reply, token, () -> limit.refund(client)));
        } else if (known.contains(digest(token))) {
            chat.authenticate(token, reply);
        } else {
            refuse(reply, wait);
        }
    }

    private void refuse(Reply<Principal> reply, long wait) {
        if (throttle.isDue()) {
            log.warn("too many rejected tokens from one address; refusing its unknown tokens without a check");
        }
        reply.failed(ChatException.rateLimited(Duration.ofNanos(wait)));
    }

    private static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Completes a check, and returns its budget unless the token is rejected. */
    private final class Counted implements Reply<Principal> {
        private final Reply<Principal> reply;
        private final String token;
        private final Runnable giveBack;

        Counted(Reply<Principal> reply, String token, Runnable giveBack) {
            this.reply = reply;
            this.token = token;
            this.giveBack = giveBack;
        }

        @Override
        public void succeeded(Principal principal) {
            giveBack.run();
            if (principal.userId() != null) {
                known.add(digest(token));
            }
            reply.succeeded(principal);
        }

        @Override
        public void failed(ChatException refusal) {
            boolean isBad = refusal.code() == ErrorCode.UNAUTHENTICATED || refusal.code() == ErrorCode.TOKEN_EXPIRED;
            if (!isBad) {
                giveBack.run();
            }
            reply.failed(refusal);
        }
    }

    /** The digests of recently accepted tokens. */
    private static final class RecentlyUsed extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_KNOWN;
        }
    }
}

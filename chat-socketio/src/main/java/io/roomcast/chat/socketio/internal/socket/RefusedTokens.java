package io.roomcast.chat.socketio.internal.socket;

import io.roomcast.chat.command.Command.Reply;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.socketio.internal.channel.KeyedRateLimiter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs refused tokens with the address that sent them, and never the token. For each error code, it logs a burst of at
 * most {@value #BURST} lines and then one a second. Safe for use by any thread.
 */
final class RefusedTokens {
    private static final Logger log = LoggerFactory.getLogger(RefusedTokens.class);
    private static final int BURST = 10;

    private final KeyedRateLimiter<ErrorCode> lines = KeyedRateLimiter.of(BURST, 1);

    /** Returns a reply that passes on the outcome of a check, and logs a refusal. */
    Reply<Principal> logging(String address, Reply<Principal> reply) {
        return new Reply<>() {
            @Override
            public void succeeded(Principal principal) {
                reply.succeeded(principal);
            }

            @Override
            public void failed(ChatException refusal) {
                refused(address, refusal.code());
                reply.failed(refusal);
            }
        };
    }

    private void refused(String address, ErrorCode code) {
        if (lines.tryAcquire(code)) {
            log.info("refused a token from {}: {}", address, code.wireName());
        }
    }
}

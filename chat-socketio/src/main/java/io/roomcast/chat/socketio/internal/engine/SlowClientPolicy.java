package io.roomcast.chat.socketio.internal.engine;

import io.roomcast.chat.socketio.internal.channel.EventLoopConfined;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which packets to drop for a client that reads too slowly.
 *
 * <p>Volatile packets are dropped once a sixteenth of the limit is pending, and recoverable ones once half of it is
 * pending. After a recoverable packet was dropped, both kinds are dropped until the client has caught up.
 */
@EventLoopConfined
final class SlowClientPolicy {
    private static final Logger log = LoggerFactory.getLogger(SlowClientPolicy.class);
    private static final int CAUGHT_UP_DIVISOR = 16;
    private static final int SLOW_DIVISOR = 2;

    private final Object client;
    private final int maxPending;
    private boolean dropping;

    /**
     * Creates a policy for one client.
     *
     * @param client names the client in the log
     * @param maxPending the maximum number of pending bytes
     */
    SlowClientPolicy(Object client, int maxPending) {
        this.client = client;
        this.maxPending = maxPending;
    }

    /** Returns whether to send the packet, if the given number of bytes is pending. */
    boolean accepts(EncodedPacket packet, long pending) {
        if (isLittle(pending) && !dropping) {
            return true;
        }
        return switch (packet.dropPolicy()) {
            case REQUIRED -> true;
            case VOLATILE -> false;
            case RECOVERABLE -> !drops(pending);
        };
    }

    private boolean drops(long pending) {
        if (!dropping && pending > maxPending / SLOW_DIVISOR) {
            dropping = true;
            log.debug("{} reads too slowly: dropping packets, {} bytes pending", client, pending);
        }
        return dropping;
    }

    private boolean isLittle(long pending) {
        return pending <= maxPending / CAUGHT_UP_DIVISOR;
    }

    /** Returns whether more bytes are pending than the client may have. */
    boolean isExceeded(long pending) {
        return pending > maxPending;
    }

    /** Returns whether so much is pending that it should be flushed before more is written. */
    boolean isWorthFlushing(long pending) {
        return !isLittle(pending);
    }

    /** Returns true once when the client has caught up after recoverable packets were dropped. */
    boolean hasCaughtUp(long pending) {
        if (!dropping || !isLittle(pending)) {
            return false;
        }
        dropping = false;
        log.debug("{} has caught up, {} bytes pending", client, pending);
        return true;
    }
}

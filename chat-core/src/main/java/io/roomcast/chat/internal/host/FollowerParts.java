package io.roomcast.chat.internal.host;

import io.roomcast.chat.internal.execution.SafeScheduler;
import io.roomcast.chat.internal.port.HostPort;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.spi.ChatFollower;
import io.roomcast.chat.spi.ChatStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the parts of one follower share.
 *
 * @param name the follower's name
 * @param node identifies this server among those that share the store
 * @param handler handles the events
 * @param port logs failures
 * @param scheduler sets timers
 * @param threads runs the follower, which may block
 * @param checks compares activity and renews leases, which may block, also while the follower blocks all threads
 * @param createdAt returns when the follower was created on any server; may block for the store
 */
record FollowerParts(
        String name,
        String node,
        ChatFollower handler,
        HostPort port,
        ChatStore store,
        Clock clock,
        SafeScheduler scheduler,
        Executor threads,
        Executor checks,
        Supplier<Instant> createdAt) {
    /** Returns the current time in whole milliseconds. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Logs that the store failed. */
    void warnOfOutage(Throwable outage) {
        port.warn("could not use the store: " + HostPort.describe(outage));
    }

    /** Returns the position where the follower begins in a conversation that it has not handled before. Blocks. */
    Position firstPosition(String conversationId) {
        return store.positionAt(conversationId, createdAt.get());
    }

    /** Returns whether all events up to a position are before or at another one. */
    static boolean covers(Position position, Position other) {
        return position.seq() >= other.seq() && position.version() >= other.version();
    }
}

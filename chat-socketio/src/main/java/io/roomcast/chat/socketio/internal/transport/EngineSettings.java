package io.roomcast.chat.socketio.internal.transport;

import java.time.Duration;
import java.util.Set;

/**
 * What the transport lets clients do.
 *
 * @param pingInterval how long after the last sign of life the server asks for another
 * @param pingTimeout how long it waits for that
 * @param upgradeTimeout how long a WebSocket may take to take over from polling
 * @param maxPayload the largest inbound packet or body, in bytes
 * @param maxPending how many bytes may wait for one client
 * @param unwritableTimeout how long a client may take nothing of what waits for it
 * @param packetsPerSecond how many packets a client may send a second, and four times as many at once
 * @param versions the protocols that clients may speak
 */
public record EngineSettings(
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        int maxPayload,
        int maxPending,
        Duration unwritableTimeout,
        int packetsPerSecond,
        Set<EngineVersion> versions) {
    private static final Duration PING_INTERVAL = Duration.ofSeconds(25);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration UPGRADE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration UNWRITABLE_TIMEOUT = Duration.ofSeconds(10);

    /** The times that the Engine.IO servers of others keep, and the given bounds. */
    public static EngineSettings withBounds(
            int maxPayload, int maxPending, int packetsPerSecond, Set<EngineVersion> versions) {
        return new EngineSettings(
                PING_INTERVAL,
                PING_TIMEOUT,
                UPGRADE_TIMEOUT,
                maxPayload,
                maxPending,
                UNWRITABLE_TIMEOUT,
                packetsPerSecond,
                versions);
    }
}
